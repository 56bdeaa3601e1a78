"""What has been kept as long as the service has set, counted from the close of its cycle."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.escalations.models import Escalation
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.recommendations.models import Recommendation
from learning.retention.due_of_cycles import papers_due, recommendations_due, reports_due
from learning.retention.ended import (
    UNSETTLED,
    ended_before,
    ended_cycles,
    months_ago,
)
from learning.retention.models import DisposalItem, LegalHold
from learning.retention.states import DisposalKind
from learning.retention.words import some_left
from learning.retention.words_of_audits import OF_LETTER
from learning.selection.models import CaseKey, FrameCase
from learning.spot_checks.models import SpotCheck, of_reports_of
from learning.spot_checks.states import SpotCheckState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState


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
    return left.exclude(pk__in=unsettled.values("spot_check")).exclude(
        pk__in=LegalHold.objects.keys_of("spot_check")
    )


def letters_due() -> QuerySet[AuditSubmission]:
    """Audits whose private letters still have words in them."""
    return _of_ended_cycles(AuditSettings.load().keep_letters_months).filter(some_left(OF_LETTER))


def _of_ended_cycles(months: int) -> QuerySet[AuditSubmission]:
    """Audits that nobody holds back, of cycles that ended so many months ago."""
    audits = AuditSubmission.objects.filter(case__cycle__in=ended_cycles(months).values("pk"))
    return audits.exclude(pk__in=LegalHold.objects.keys_of("submission")).select_related("case")


def keys_due() -> QuerySet[AuditCycle]:
    """Cycles whose keys nobody needs any more: so long after they ended, and after the last of their
    recommendations was verified; none of them open."""
    limit = months_ago(AuditSettings.load().keep_keys_months)
    open_still = Recommendation.objects.filter(state__in=UNSETTLED).values("cycle")
    verified_since = Recommendation.objects.filter(verified_at__date__gt=limit).values("cycle")
    cycles = AuditCycle.objects.filter(ended_before(limit)).exclude(pk__in=open_still)
    cycles = cycles.exclude(pk__in=verified_since)
    with_keys = Q(pk__in=_keys().values("case__frame__draw__cycle"))
    with_cases = Q(pk__in=_cases_not_drawn().values("frame__draw__cycle"))
    cycles = cycles.exclude(pk__in=LegalHold.objects.keys_of("cycle"))
    return cycles.filter(with_keys | with_cases).distinct()


def _keys() -> QuerySet[CaseKey]:
    """The council's numbers, without those of cases or spot checks that are held back."""
    audits = Q(case__sampled__submission__in=LegalHold.objects.keys_of("submission"))
    checks = Q(case__spot_checks__in=LegalHold.objects.keys_of("spot_check"))
    return CaseKey.objects.exclude(audits | checks)


def keys_of(cycle: AuditCycle) -> QuerySet[CaseKey]:
    """Those of the cycle's cases that may go."""
    return _keys().filter(case__frame__draw__cycle=cycle)


def _cases_not_drawn() -> QuerySet[FrameCase]:
    """Cases of a list that never came into a sample: the certificate keeps what a second draw needs."""
    return FrameCase.objects.filter(sampled__isnull=True, spot_checks__isnull=True)


def cases_not_drawn(cycle: AuditCycle) -> QuerySet[FrameCase]:
    """Those of the cycle's list."""
    return _cases_not_drawn().filter(frame__draw__cycle=cycle)


def log_limit() -> datetime:
    """The first moment of which the access log is still kept: the beginning of a day."""
    day = months_ago(AuditSettings.load().keep_access_log_months)
    return timezone.make_aware(datetime.combine(day, time.min))


def log_rows_before(moment: datetime) -> QuerySet[AccessEvent]:
    """Rows of the access log that may go: those about an audit that is held back stay."""
    audits = [str(pk) for pk in LegalHold.objects.keys_of("submission")]
    checks = [str(pk) for pk in LegalHold.objects.keys_of("spot_check")]
    of_held = Q(object_type="learning.auditsubmission", object_id__in=audits)
    of_held |= Q(object_type="learning.spotcheck", object_id__in=checks)
    return AccessEvent.objects.filter(happened_at__lt=moment).exclude(of_held)


@dataclass(frozen=True)
class Due:
    """A kind that goes thing by thing: the setting of its months, what of it is due and not held back, and the
    name by which an item points at the thing."""

    months: str
    things: Callable[[], QuerySet[Any]]
    name: str


DUE = {
    DisposalKind.AUDIT: Due("keep_audits_months", audits_due, "submission"),
    DisposalKind.SPOT_CHECK: Due("keep_audits_months", spot_checks_due, "spot_check"),
    DisposalKind.LETTER: Due("keep_letters_months", letters_due, "submission"),
    DisposalKind.KEYS: Due("keep_keys_months", keys_due, "cycle"),
    DisposalKind.PAPERS: Due("keep_audits_months", papers_due, "cycle"),
    DisposalKind.RECOMMENDATION: Due(
        "keep_recommendations_months", recommendations_due, "recommendation"
    ),
    DisposalKind.REPORT: Due("keep_reports_months", reports_due, "cycle"),
}
"""Every kind but the access log, of which a stretch goes."""


def everything_due() -> Iterator[DisposalItem]:
    """An unsaved item for each thing that is due today and not held back."""
    for kind, due in DUE.items():
        for thing in due.things():
            yield DisposalItem(kind=kind, **{due.name: thing})
    if log_rows_before(log_limit()).exists():
        yield DisposalItem(kind=DisposalKind.ACCESS_LOG, older_than=log_limit())


def is_still_due(item: DisposalItem) -> bool:
    """Whether what the item points at is due today; a stretch of the access log always is."""
    due = DUE.get(DisposalKind(item.kind))
    return due is None or due.things().filter(pk=getattr(item, f"{due.name}_id")).exists()
