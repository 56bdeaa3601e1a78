"""Reads that join: a submission's sections with who is in them, and what waits for whom."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem
from learning.proforma.keys import OPTIONAL, WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.proforma.selectors import sections_for
from learning.programme.models import AuditTeamMember
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


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person has to do in a submission: one query for the pair and the worker, one for leads."""
    own = AuditSubmission.objects.visible_to(person).select_related("case")
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
        return WorkItem(f"Read audit {ref} and reply", url, due=submission.reply_due_date)
    if submission.state == SubmissionState.NOT_STARTED:
        return WorkItem(f"Open audit {ref}", url)
    return WorkItem(f"Write audit {ref}", url, words=submission.get_state_display())


def _to_review(person: Any) -> list[WorkItem]:
    next_steps = {
        SubmissionState.SUBMITTED: "Quality-assure audit {ref}",
        SubmissionState.QUALITY_ASSURED: "Share audit {ref} with its worker",
    }
    waiting = AuditSubmission.objects.visible_to(person).filter(
        Q(case__cycle__lead=person) | Q(case__cycle__deputy=person), state__in=next_steps
    )
    others = waiting.exclude(case__pair__members__person=person).exclude(
        opening_statements__person=person
    )
    return [
        WorkItem(
            next_steps[SubmissionState(row.state)].format(ref=row.case.ref),
            reverse("submissions:read", args=[row.case.ref]),
        )
        for row in others.select_related("case")
    ]
