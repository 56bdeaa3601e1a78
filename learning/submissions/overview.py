"""Where a submission stands, as its pair sees it: the sections, and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from learning.proforma.keys import ACTIONS, CONVERSATION, FAMILY_FEEDBACK, URGENT
from learning.programme.asking_again import asked_again_in
from learning.submissions.actions import drafts_of
from learning.submissions.concerns import standing_of
from learning.submissions.models import AuditSubmission
from learning.submissions.selectors import SectionRow, section_rows
from learning.submissions.states import SubmissionState
from learning.submissions.submitting import READY_TO_CONFIRM, still_to_confirm

State = SubmissionState

WHAT_COMES = {
    State.READING: "Read the record, write in the sections, and agree what you want to ask.",
    State.QUESTIONS_AGREED: "Talk with the worker, then record what came out of it.",
    State.FINALISING: "Bring together what you read and what you heard. Then both of you confirm the text.",
    State.RETURNED: "The lead has a question. Look at it again; then both of you confirm the text once more.",
    State.SUBMITTED: "The lead reads it now. You hear when it is signed off, or if there is a question.",
    State.QUALITY_ASSURED: "It is signed off. The lead shares it with the worker next.",
    State.SHARED_WITH_WORKER: "The worker reads it and may reply.",
    State.AWAITING_FAMILY: "The family is asked for its views; then the lead completes the audit.",
    State.COMPLETE: "All is in. The lead locks it when the report is written.",
    State.LOCKED: "It never changes any more. What is found out later is an addendum.",
    State.DISPOSED: "Its text is gone, as the service has set; that it was made stays.",
}


@dataclass(frozen=True)
class Row:
    """One line of the overview: the section, where it is written, and where it stands."""

    title: str
    url: str
    status: str
    is_done: bool
    present: list[Any]


def overview(submission: AuditSubmission, user: Any) -> dict[str, Any]:
    """The context of the pair's own page."""
    rows = [_row(submission, row, user) for row in section_rows(submission)]
    return {
        "rows": rows,
        "asked_again": asked_again_in(submission.case.cycle),
        "done": sum(row.is_done for row in rows),
        "what_comes": WHAT_COMES.get(State(submission.state), ""),
        "question_count": submission.questions.count(),
        "others": [person for person in submission.case.pair.people if person != user],  # type: ignore[union-attr]
        "waits_for": still_to_confirm(submission) if submission.state in READY_TO_CONFIRM else [],
        "confirmed": _confirmed(submission),
        "standing": standing_of(submission, user),
        "last_review": submission.reviews.select_related("reviewer").last(),
    }


def _confirmed(submission: AuditSubmission) -> bool:
    """Whether one of the pair has confirmed a text, whichever."""
    return submission.state in READY_TO_CONFIRM and submission.confirmations.exists()


def _row(submission: AuditSubmission, row: SectionRow, user: Any) -> Row:
    if row.is_elsewhere:
        return _elsewhere(submission, row)
    url = reverse("submissions:section", args=[submission.case.ref, row.section.key])
    others = [person for person in row.present if person != user]
    return Row(row.section.title, url, row.status, row.is_done, others)


def _elsewhere(submission: AuditSubmission, row: SectionRow) -> Row:
    """A section with a page of its own."""
    url, status, is_done = {
        CONVERSATION: _conversation,
        FAMILY_FEEDBACK: _family,
        ACTIONS: _actions,
        URGENT: _urgent,
    }[row.section.key](submission)
    return Row(row.section.title, url, status, is_done, [])


def _conversation(submission: AuditSubmission) -> tuple[str, str, bool]:
    url = reverse("submissions:conversation", args=[submission.case.ref])
    talk = getattr(submission, "conversation", None)
    if talk is None:
        return url, "In the afternoon", False
    return url, "Recorded" if talk.was_held else "Not possible", True


def _family(submission: AuditSubmission) -> tuple[str, str, bool]:
    return "", "After the days", False


def _actions(submission: AuditSubmission) -> tuple[str, str, bool]:
    url = reverse("recommendations:draft", args=[submission.case.ref])
    count = len(drafts_of(submission))
    return url, f"{count} drafted" if count else "May stay empty", bool(count)


def _urgent(submission: AuditSubmission) -> tuple[str, str, bool]:
    url = reverse("submissions:urgent", args=[submission.case.ref])
    answers = {None: "Not answered yet", True: "Yes: the lead knows", False: "No"}
    concern = submission.has_immediate_concern
    return url, answers[concern], concern is not None
