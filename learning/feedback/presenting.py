"""What the page of one who is asked shows, and what this very person can do there."""

from typing import Any

from django.urls import reverse

from learning.access.work import Action, next_and_others
from learning.feedback.models import FamilyFeedback
from learning.feedback.permissions import takes_feedback, user_can_ask, user_can_settle
from learning.feedback.selectors import what_comes
from learning.feedback.states import (
    BEING_TRIED,
    ENDED,
    HEARD,
    MAY_BE_CHECKED,
    FeedbackState,
)
from learning.programme.settings import AuditSettings

State = FeedbackState


def overview(feedback: FamilyFeedback, user: Any) -> dict[str, Any]:
    """The context of the page: where it stands, what was said, what comes next."""
    return {
        "what_comes": what_comes(feedback),
        **next_and_others(actions_for(user, feedback)),
        "may_incorporate": _may_incorporate(user, feedback),
        "may_withdraw_quotes": user_can_settle(user, feedback.submission),
        "check": feedback.safety_checks.select_related("checked_by").first(),
        "tries": feedback.tries.select_related("tried_by"),
        "tries_needed": AuditSettings.load().tries_before_not_reached,
        "answers": feedback.answers.exclude(words=""),
        "raised": feedback.raised.select_related("theme"),
        "quotes": feedback.quotes.filter(withdrawn_at=None),
        "facts": facts(feedback),
    }


def actions_for(user: Any, feedback: FamilyFeedback) -> list[Action]:
    """What this person can do now, the next step first."""
    submission = feedback.submission
    if not takes_feedback(submission):
        return []
    actions = _steps_of_pair(feedback) if user_can_ask(user, submission) else []
    may_end = feedback.state in (*MAY_BE_CHECKED, *HEARD)
    if may_end and user_can_settle(user, submission):
        actions.append(_page("End asking, with a reason", "end", feedback))
    return actions


def _steps_of_pair(feedback: FamilyFeedback) -> list[Action]:
    state = feedback.state
    actions = []
    if state == State.SAFETY_CHECKED:
        actions.append(_page("They agree: record the invitation", "invite", feedback))
    if state == State.INVITED:
        actions.append(_page("Record that they were met, or wrote", "meeting", feedback))
    if state in HEARD:
        actions.append(_page("Write up what they said", "notes", feedback))
    if state in BEING_TRIED:
        actions.append(_page("Note a try that did not reach them", "try", feedback))
    return actions


def _may_incorporate(user: Any, feedback: FamilyFeedback) -> bool:
    return (
        feedback.state == State.WRITTEN_UP
        and takes_feedback(feedback.submission)
        and user_can_ask(user, feedback.submission)
    )


def _page(label: str, name: str, feedback: FamilyFeedback) -> Action:
    return Action(
        label, reverse(f"feedback:{name}", args=[feedback.submission.case.ref, feedback.pk])
    )


def facts(feedback: FamilyFeedback) -> list[dict[str, Any]]:
    """What stands beside it in short; empty ones are left out."""
    ended = feedback.state in ENDED
    pairs = [
        ("Where it stands", feedback.get_state_display()),
        ("Why", feedback.outcome_reason if ended else ""),
        ("To be done by", f"{feedback.due_date:%-d %B %Y}"),
        ("Leads", str(feedback.led_by) if feedback.led_by else ""),
        ("Agreed", _agreed(feedback)),
        ("Help", feedback.support),
        ("Questions", feedback.question_set_title),
        ("Met or wrote on", _day(feedback.happened_on)),
    ]
    return [{"key": key, "value": value} for key, value in pairs if value]


def _agreed(feedback: FamilyFeedback) -> str:
    day = _day(feedback.consent_on)
    return f"{feedback.consent} ({day})" if day else feedback.consent


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}" if day else ""
