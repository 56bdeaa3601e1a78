"""A submission as it is read: by the lead who assures it, the worker it is about, and others with a grant."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.submissions.actions import actions_of
from learning.submissions.concerns import standing_of
from learning.submissions.family import family_views, missing_of_family
from learning.submissions.forms import AddendumForm, ReviewForm
from learning.submissions.models import AuditSubmission, SectionEntry
from learning.submissions.permissions import (
    user_can_reply,
    user_can_review_submission,
    user_is_of_pair,
)
from learning.submissions.selectors import SectionRow, section_rows
from learning.submissions.states import SubmissionState

State = SubmissionState


def reading_view(
    submission: AuditSubmission, user: Any, form: ReviewForm | None = None
) -> dict[str, Any]:
    """The context of the reading page: the words, and what this person may do with them."""
    is_reviewer = user_can_review_submission(user, submission)
    is_office = holds(user, Right.READ_SUBMISSION)
    return {
        "sections": [_section(row) for row in section_rows(submission) if not row.is_elsewhere],
        "standing": standing_of(submission, user),
        "conversation": getattr(submission, "conversation", None),
        "questions": submission.questions.all(),
        "gaps": submission.gaps.all(),
        "actions": actions_of(submission, user),
        "family": family_views(submission),
        "replies": submission.replies.select_related("worker"),
        "addenda": submission.addenda.select_related("written_by"),
        "reviews": _reviews(submission) if is_office or user_is_of_pair(user, submission) else [],
        "may_reply": user_can_reply(user, submission),
        "next_step": _next_step(submission) if is_reviewer else "",
        "may_nominate": holds(user, Right.NOMINATE_FOR_LETTER) or user_is_of_pair(user, submission),
        "may_read_family": is_office or user_is_of_pair(user, submission),
        "family_missing": _family_missing(submission) if is_reviewer else [],
        "step_form": form or _form_for(submission) if is_reviewer else None,
        "addendum_form": _addendum_form(submission, user, is_reviewer),
    }


def _section(row: SectionRow) -> dict[str, Any]:
    """The heading, the boxes with words in them, and the statements."""
    entry = row.entry
    boxes = entry.boxes if entry and not entry.not_relevant else {}
    return {
        "title": row.section.title,
        "key": row.section.key,
        "boxes": [(SectionEntry.label_of(name), text) for name, text in boxes.items() if text],
        "not_relevant": entry.not_relevant_reason if entry and entry.not_relevant else "",
        "statements": entry.statements.all() if entry else [],
    }


def _reviews(submission: AuditSubmission) -> Any:
    return submission.reviews.select_related("reviewer")


def _next_step(submission: AuditSubmission) -> str:
    """What the lead does next with it."""
    steps = {
        State.SUBMITTED: "review",
        State.QUALITY_ASSURED: "share",
        State.SHARED_WITH_WORKER: "go_on",
        State.AWAITING_FAMILY: "complete",
        State.COMPLETE: "lock",
    }
    return steps.get(State(submission.state), "")


def _family_missing(submission: AuditSubmission) -> list[str]:
    """Whose views stand between this audit and its completion."""
    is_awaited = submission.state == State.AWAITING_FAMILY
    return missing_of_family(submission) if is_awaited else []


def _form_for(submission: AuditSubmission) -> ReviewForm | None:
    return ReviewForm() if submission.state == State.SUBMITTED else None


def _addendum_form(
    submission: AuditSubmission, user: Any, is_reviewer: bool
) -> AddendumForm | None:
    may_add = is_reviewer or user_is_of_pair(user, submission)
    return AddendumForm() if submission.state == State.LOCKED and may_add else None
