"""What the pages of family feedback show, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import ENDED, HEARD, MAY_BE_CHECKED, SETTLED, FeedbackState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState

State = FeedbackState

WHAT_COMES = {
    State.DUE: "The worker of the case, or the worker’s manager, says whether contact is safe. "
    "Until then nobody contacts the family.",
    State.SAFETY_CHECKED: "One of the pair gets in touch, explains what it is for, and asks whether "
    "they agree.",
    State.INVITED: "One of the pair meets them, or they write.",
    State.HELD: "The pair writes up what was said, the same day if it can.",
    State.WRITTEN: "The pair puts what they wrote beside its own view.",
    State.WRITTEN_UP: "The pair reads the notes once more and puts the views into the audit.",
    State.INCORPORATED: "Their views stand in the audit. Nothing more is to be done.",
    **dict.fromkeys(ENDED, "Asking has ended. Nothing more is to be done."),
}


def what_comes(feedback: FamilyFeedback) -> str:
    """The next step in a sentence, for whoever reads."""
    return WHAT_COMES[State(feedback.state)]


@dataclass(frozen=True)
class CaseRow:
    """One audit with everybody who is asked for it."""

    submission: AuditSubmission
    asked: list[FamilyFeedback]

    @property
    def open_count(self) -> int:
        return sum(not row.is_settled for row in self.asked)


def feedback_to_list(user: Any) -> QuerySet[FamilyFeedback]:
    """What this person may read, open ones first, then by the day that they are due."""
    return (
        FamilyFeedback.objects.visible_to(user)
        .select_related("submission__case__area", "submission__case__cycle", "led_by")
        .annotate(is_done=Q(state__in=SETTLED))
        .order_by("is_done", "due_date", "submission__case__ref", "pk")
    )


def checks_waiting_for(user: Any) -> QuerySet[FamilyFeedback]:
    """Families of whom this person is to say whether contact is safe."""
    waiting = FamilyFeedback.objects.to_check_by(user).filter(state=State.DUE)
    return waiting.select_related("submission__case").order_by("due_date", "pk")


def asked_in(submission: AuditSubmission) -> list[FamilyFeedback]:
    """Everybody who is asked for this audit, with who leads."""
    return list(submission.family_feedback.select_related("led_by", "submission__case"))


def checkable(feedback: FamilyFeedback) -> bool:
    """Whether the question of safety can still be answered."""
    return feedback.state in MAY_BE_CHECKED


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person has to do for families' views. Three queries at most."""
    checks = [_check_item(row) for row in checks_waiting_for(person)]
    return checks + _to_ask(person) + _to_complete(person)


def _check_item(feedback: FamilyFeedback) -> WorkItem:
    ref = feedback.submission.case.ref
    url = reverse("feedback:safety", args=[ref, feedback.pk])
    title = f"Audit {ref}: say whether it is safe to contact the family"
    return WorkItem(title, url, WorkKind.FAMILY, words=_asked(feedback), due=feedback.due_date)


NEXT_WORDS = {
    State.SAFETY_CHECKED: "Audit {ref}: get in touch with the family",
    State.INVITED: "Audit {ref}: meet the family",
    **dict.fromkeys(HEARD, "Audit {ref}: write up what the family said"),
    State.WRITTEN_UP: "Audit {ref}: put the family’s views into the audit",
}


def _to_ask(person: Any) -> list[WorkItem]:
    """The next step of each whom this person's pair asks."""
    own = FamilyFeedback.objects.visible_to(person).filter(
        submission__in=AuditSubmission.objects.written_by(person).values("pk"),
        state__in=NEXT_WORDS,
    )
    return [_next_item(row) for row in own.select_related("submission__case")]


def _next_item(feedback: FamilyFeedback) -> WorkItem:
    title = NEXT_WORDS[State(feedback.state)].format(ref=feedback.submission.case.ref)
    url = feedback.get_absolute_url()
    return WorkItem(title, url, WorkKind.FAMILY, words=_asked(feedback), due=feedback.due_date)


def _asked(feedback: FamilyFeedback) -> str:
    return f"To be asked: {feedback.get_asked_display()}."


def _to_complete(person: Any) -> list[WorkItem]:
    """Audits that a lead can complete, since every view is in or there is a reason why not."""
    if not holds(person, Right.QUALITY_ASSURE):
        return []
    asked = FamilyFeedback.objects.filter(submission=OuterRef("pk"))
    ready = AuditSubmission.objects.filter(
        Exists(asked),
        ~Exists(asked.unsettled()),
        Q(case__cycle__lead=person) | Q(case__cycle__deputy=person),
        state=SubmissionState.AWAITING_FAMILY,
    )
    return [_complete_item(row) for row in _not_own(ready, person)]


def _not_own(audits: QuerySet[AuditSubmission], person: Any) -> Iterable[AuditSubmission]:
    others = audits.exclude(case__worker=person).exclude(case__pair__members__person=person)
    return others.select_related("case__area")


def _complete_item(submission: AuditSubmission) -> WorkItem:
    url = reverse("submissions:read", args=[submission.case.ref])
    words = f"{submission.case.area}. The family’s views are in, or the reason why not."
    return WorkItem(f"Complete audit {submission.case.ref}", url, WorkKind.ASSURE, words=words)
