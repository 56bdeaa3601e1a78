"""What has been kept as long as the service has set, counted from the close of its cycle."""

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.escalations.models import Escalation
from learning.letters.models import GoodPracticeLetter
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.recommendations.models import Recommendation
from learning.retention.due_of_cycles import papers_due, recommendations_due, reports_due
from learning.retention.ended import (
    UNSETTLED,
    ended_before,
    ended_cycles,
    held,
    held_checks,
    held_cycles,
    months_ago,
)
from learning.retention.models import DisposalItem
from learning.retention.states import DisposalKind
from learning.selection.models import CaseKey, FrameCase
from learning.spot_checks.models import SpotCheck, of_reports_of
from learning.spot_checks.states import SpotCheckState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState


def everything_due() -> Iterator[DisposalItem]:
    """An unsaved item for each thing that is due today and not held back."""
    for audit in audits_due():
        yield DisposalItem(kind=DisposalKind.AUDIT, submission=audit)
    for check in spot_checks_due():
        yield DisposalItem(kind=DisposalKind.SPOT_CHECK, spot_check=check)
    for audit in letters_due():
        yield DisposalItem(kind=DisposalKind.LETTER, submission=audit)
    for cycle in keys_due():
        yield DisposalItem(kind=DisposalKind.KEYS, cycle=cycle)
    for cycle in papers_due():
        yield DisposalItem(kind=DisposalKind.PAPERS, cycle=cycle)
    for recommendation in recommendations_due():
        yield DisposalItem(kind=DisposalKind.RECOMMENDATION, recommendation=recommendation)
    for cycle in reports_due():
        yield DisposalItem(kind=DisposalKind.REPORT, cycle=cycle)
    if log_rows_before(log_limit()).exists():
        yield DisposalItem(kind=DisposalKind.ACCESS_LOG, older_than=log_limit())


def audits_due() -> QuerySet[AuditSubmission]:
    """Audits of cycles that closed, or would have ended, long enough ago."""
    audits = _of_ended_cycles(AuditSettings.load().keep_audits_months)
    return audits.exclude(state=SubmissionState.DISPOSED)


def spot_checks_due() -> QuerySet[SpotCheck]:
    """Spot checks of whose report the cycle closed long enough ago, or for whose they were drawn; whose
    concerns are settled, and which nobody holds back."""
    ended = ended_cycles(AuditSettings.load().keep_audits_months).values("pk")
    unsettled = Escalation.objects.unsettled().filter(spot_check__isnull=False)
    left = SpotCheck.objects.filter(of_reports_of(ended)).exclude(state=SpotCheckState.DISPOSED)
    return left.exclude(pk__in=unsettled.values("spot_check")).exclude(pk__in=held_checks())


def letters_due() -> QuerySet[AuditSubmission]:
    """Audits whose private letters still have words in them."""
    with_words = GoodPracticeLetter.objects.exclude(what_was_done="").values("submission")
    return _of_ended_cycles(AuditSettings.load().keep_letters_months).filter(pk__in=with_words)


def _of_ended_cycles(months: int) -> QuerySet[AuditSubmission]:
    """Audits that nobody holds back, of cycles that ended so many months ago."""
    audits = AuditSubmission.objects.filter(case__cycle__in=ended_cycles(months).values("pk"))
    return audits.exclude(pk__in=held()).select_related("case")


def keys_due() -> list[AuditCycle]:
    """Cycles whose keys nobody needs any more: so long after they ended, and after the last of their
    recommendations was verified; none of them open."""
    limit = months_ago(AuditSettings.load().keep_keys_months)
    open_still = Recommendation.objects.filter(state__in=UNSETTLED).values("cycle")
    cycles = AuditCycle.objects.filter(ended_before(limit)).exclude(pk__in=open_still)
    cycles = cycles.exclude(pk__in=held_cycles()).annotate(
        last=Max("recommendations__verified_at__date")
    )
    late = cycles.filter(Q(last__isnull=True) | Q(last__lte=limit))
    return [cycle for cycle in late.distinct() if _has_keys(cycle)]


def _has_keys(cycle: AuditCycle) -> bool:
    return keys_of(cycle).exists() or cases_not_drawn(cycle).exists()


def keys_of(cycle: AuditCycle) -> QuerySet[CaseKey]:
    """The council's numbers of the cycle's cases, without those of cases or spot checks that are held back."""
    keys = CaseKey.objects.filter(case__frame__draw__cycle=cycle)
    kept = Q(case__sampled__submission__in=held()) | Q(case__spot_checks__in=held_checks())
    return keys.exclude(kept)


def cases_not_drawn(cycle: AuditCycle) -> QuerySet[FrameCase]:
    """Cases of the list that never came into the sample: the certificate keeps what a second draw needs."""
    return FrameCase.objects.filter(
        frame__draw__cycle=cycle, sampled__isnull=True, spot_checks__isnull=True
    )


def log_limit() -> datetime:
    """The first moment of which the access log is still kept: the beginning of a day."""
    day = months_ago(AuditSettings.load().keep_access_log_months)
    return timezone.make_aware(datetime.combine(day, time.min))


def log_rows_before(moment: datetime) -> QuerySet[AccessEvent]:
    """Rows of the access log that may go: those about an audit that is held back stay."""
    audits = [str(pk) for pk in held().values_list("submission", flat=True)]
    checks = [str(pk) for pk in held_checks().values_list("spot_check", flat=True)]
    of_held = Q(object_type="learning.auditsubmission", object_id__in=audits)
    of_held |= Q(object_type="learning.spotcheck", object_id__in=checks)
    return AccessEvent.objects.filter(happened_at__lt=moment).exclude(of_held)
