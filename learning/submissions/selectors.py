"""Reads that join: a submission's sections with who is in them, and what waits for whom."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.proforma.keys import OPTIONAL, WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.proforma.selectors import sections_for
from learning.programme.models import AuditTeamMember, CountdownTask
from learning.selection.states import IN_SAMPLE
from learning.selection.timing import TO_AUDIT
from learning.submissions.models import (
    AuditSubmission,
    EvaluativeStatement,
    SectionEntry,
    SectionPresence,
)
from learning.submissions.states import YET_TO_SUBMIT, SubmissionState
from learning.vocabulary.models import Theme

STALE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class SectionRow:
    """One section of a submission: what it asks, what stands in it, who is there."""

    section: ProFormaSection
    entry: SectionEntry | None
    present: list[Any]

    @property
    def is_elsewhere(self) -> bool:
        return self.section.key in WRITTEN_ELSEWHERE

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        if self.entry is None or self.entry.is_empty:
            return "May stay empty" if self.section.key in OPTIONAL else "Empty"
        return "Not relevant" if self.entry.not_relevant else "Written"

    @property
    def is_done(self) -> bool:
        return self.entry is not None and not self.entry.is_empty


def section_rows(submission: AuditSubmission) -> list[SectionRow]:
    """Every section that is shown, in order, with its statements. Six queries, however many there are."""
    statements = EvaluativeStatement.objects.prefetch_related("themes").select_related("written_by")
    entries = {
        entry.section_id: entry
        for entry in submission.entries.select_related("written_by").prefetch_related(
            Prefetch("statements", queryset=statements)
        )
    }
    present = _present(submission)
    return [
        SectionRow(section, entries.get(section.pk), present.get(section.pk, []))
        for section in sections_for(submission.form, submission.case.area)
    ]


def _present(submission: AuditSubmission) -> dict[int, list[Any]]:
    """Who is in which section now."""
    now: dict[int, list[Any]] = {}
    for row in present_in(submission):
        now.setdefault(row.section_id, []).append(row.person)
    return now


def present_in(submission: AuditSubmission) -> QuerySet[SectionPresence]:
    """Who was seen in a section within the last minute."""
    since = timezone.now() - STALE_AFTER
    return submission.presences.filter(seen_at__gte=since).select_related("person")


def themes_stated_in(submission: AuditSubmission) -> QuerySet[Theme]:
    """The themes of the submission's statements, for whoever chooses themes beside it."""
    stated = EvaluativeStatement.themes.through.objects.filter(
        evaluativestatement__entry__submission=submission
    )
    return Theme.objects.filter(pk__in=stated.values("theme"))


def submissions_to_list(user: Any) -> QuerySet[AuditSubmission]:
    """What this person may read, with all that a list shows."""
    members = AuditTeamMember.objects.select_related("person")
    return (
        AuditSubmission.objects.visible_to(user)
        .select_related("case__cycle", "case__area", "case__worker")
        .prefetch_related(Prefetch("case__pair__members", queryset=members))
        .order_by("-case__cycle__ref", "case__ref")
    )


REVIEWERS_STEP = {
    SubmissionState.SUBMITTED: ("Quality-assure audit {ref}", WorkKind.ASSURE),
    SubmissionState.QUALITY_ASSURED: ("Share audit {ref} with its worker", WorkKind.PASS_ON),
}


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person has to do in a submission: one query for the pair and the worker, one for leads."""
    own = _with_whose(AuditSubmission.objects.visible_to(person))
    to_write = Q(
        case__pair__members__person=person,
        case__state__in=IN_SAMPLE,
        case__cycle__state__in=TO_AUDIT,
        state__in=YET_TO_SUBMIT,
    )
    to_answer = Q(case__worker=person, state=SubmissionState.SHARED_WITH_WORKER)
    items = [_item(row, person) for row in own.filter(to_write | to_answer).distinct()]
    return items + (_to_review(person) if holds(person, Right.QUALITY_ASSURE) else [])


def _item(submission: AuditSubmission, person: Any) -> WorkItem:
    ref, url = submission.case.ref, submission.get_absolute_url()
    if submission.state == SubmissionState.SHARED_WITH_WORKER:
        words = f"{submission.case.area}: an audit of your own work."
        due = submission.reply_due_date
        return WorkItem(f"Read audit {ref} and reply", url, WorkKind.ANSWER, words=words, due=due)
    whose = _whose(submission)
    if submission.state == SubmissionState.NOT_STARTED:
        return WorkItem(f"Open audit {ref}", url, WorkKind.WRITE, words=f"{whose}. Not begun yet.")
    stage = f"Where it stands: {submission.get_state_display()}."
    return WorkItem(f"Write audit {ref}", url, WorkKind.WRITE, words=f"{whose}. {stage}")


def _whose(submission: AuditSubmission) -> str:
    """Of one of `_with_whose`: the area of work, and the worker."""
    case = submission.case
    return f"{case.area}, the work of {case.worker or 'somebody not named'}"


def _with_whose(submissions: QuerySet[AuditSubmission]) -> QuerySet[AuditSubmission]:
    return submissions.select_related("case__area", "case__worker")


def _to_review(person: Any) -> list[WorkItem]:
    """Those that the lead of their cycle assures or shares, with the day of the cycle’s countdown."""
    waiting = AuditSubmission.objects.visible_to(person).filter(
        Q(case__cycle__lead=person) | Q(case__cycle__deputy=person), state__in=REVIEWERS_STEP
    )
    others = waiting.exclude(case__pair__members__person=person).exclude(
        opening_statements__person=person
    )
    assured_by = CountdownTask.objects.filter(
        cycle=OuterRef("case__cycle"), key="finish_quality_assurance"
    )
    members = AuditTeamMember.objects.select_related("person")
    rows = (
        _with_whose(others)
        .select_related("case__pair")
        .prefetch_related(Prefetch("case__pair__members", queryset=members))
        .annotate(assured_by=Subquery(assured_by.values("due_date")[:1]))
    )
    return [_review_item(row) for row in rows]


def _review_item(submission: Any) -> WorkItem:
    title, kind = REVIEWERS_STEP[SubmissionState(submission.state)]
    case, sent = submission.case, submission.submitted_at
    writers = " and ".join(str(person) for person in case.pair.people) if case.pair else "nobody"
    return WorkItem(
        title.format(ref=case.ref),
        reverse("submissions:read", args=[case.ref]),
        kind,
        words=f"{_whose(submission)}; written by {writers}.",
        due=submission.assured_by,
        since=timezone.localdate(sent) if sent else None,
    )
