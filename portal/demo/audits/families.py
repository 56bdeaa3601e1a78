"""What came of asking the family of each case."""

from datetime import timedelta
from typing import Any

from learning.events.working_days import add_working_days
from learning.feedback.models import (
    AgreedQuote,
    ContactTry,
    FamilyFeedback,
    FeedbackAnswer,
    FeedbackTheme,
    SafetyCheck,
)
from learning.feedback.questions import QuestionSet, published_sets
from learning.feedback.states import AskedPerson, FeedbackState, SharedView
from learning.submissions.models import AuditSubmission
from portal.demo.audits.audit import Audit
from portal.demo.audits.quarters import moment
from portal.demo.audits.stories import usual, wording

WHO = {
    "child": AskedPerson.CHILD,
    "young_person": AskedPerson.YOUNG_PERSON,
    "parent": AskedPerson.PARENT_OR_CARER,
    "foster_carer": AskedPerson.FOSTER_CARER_OR_STAFF,
}
AUDIENCES = {
    AskedPerson.CHILD: "children",
    AskedPerson.YOUNG_PERSON: "young people",
    AskedPerson.PARENT_OR_CARER: "mothers",
    AskedPerson.FOSTER_CARER_OR_STAFF: "foster carers",
}
"""How the published set of questions for each begins."""

ASKING_DAYS = 20
TRIES = 3
CONSENT = "They said yes on the telephone, after a night to think about it."
EVERY_NTH_QUOTE = 2


def ask_family(audit: Audit, submission: AuditSubmission) -> None:
    """The one whose words the story tells is in the audit; whoever else was asked did not take part."""
    said = audit.story["family"]
    main = _asked(audit, submission, WHO[said["who"]], FeedbackState.INCORPORATED)
    main.led_by, main.main_points = audit.people[0], said["agreement"]
    main.consent, main.consent_on = CONSENT, audit.pace.day("family") - timedelta(days=3)
    main.happened_on = audit.pace.day("family")
    main.invited_at = moment(main.consent_on, 11)
    _check(audit, main, "safety")
    _answer(audit, main, said["said"])
    for step, hour in (("find_safe", 9), ("invite", 10), ("meet", 14), ("write_up", 16)):
        by = audit.case.worker if step == "find_safe" else audit.people[0]
        _event(audit, main, step, by, hour)
    _event(audit, main, "incorporate", audit.people[0], 17)
    if main.asked != AskedPerson.YOUNG_PERSON:
        _ask_other(audit, submission, main)


def wait_for_family(
    audit: Audit, submission: AuditSubmission, state: FeedbackState
) -> FamilyFeedback:
    """Somebody who is still to be heard."""
    feedback = _asked(audit, submission, WHO[audit.story["family"]["who"]], state)
    if state != FeedbackState.DUE:
        _check(audit, feedback, "safety")
        _event(audit, feedback, "find_safe", audit.case.worker, 9)
    return feedback


def _asked(
    audit: Audit, submission: AuditSubmission, asked: AskedPerson, state: FeedbackState
) -> FamilyFeedback:
    feedback = FamilyFeedback(
        submission=submission,
        asked=asked,
        due_date=add_working_days(audit.pace.first + timedelta(days=1), ASKING_DAYS),
        state=state,
        settled_at=None,
    )
    _event(audit, feedback, "added", audit.reviewer, 8)
    return audit.shelf.add(feedback)


def _ask_other(audit: Audit, submission: AuditSubmission, main: FamilyFeedback) -> None:
    """The child beside the parent, or the parent beside the child: asking ended for a reason."""
    is_child = main.asked == AskedPerson.CHILD
    ended = usual("ended", audit.number)
    other = _asked(
        audit,
        submission,
        AskedPerson.PARENT_OR_CARER if is_child else AskedPerson.CHILD,
        FeedbackState(ended["state"]),
    )
    other.outcome_reason = ended["reason"]
    other.settled_at = audit.pace.at("family", 17)
    _check(audit, other, "unsafe" if other.state == FeedbackState.NOT_SAFE else "safety")
    if other.state == FeedbackState.NOT_REACHED:
        _try(audit, other)
    _event(audit, other, _STEP_TO[FeedbackState(other.state)], audit.people[0], 17)


_STEP_TO = {
    FeedbackState.DECLINED: "decline",
    FeedbackState.NOT_SAFE: "find_unsafe",
    FeedbackState.NOT_REACHED: "give_up",
    FeedbackState.NOT_APPROPRIATE: "set_aside",
}


def _try(audit: Audit, feedback: FamilyFeedback) -> None:
    ways = ContactTry.Way.values
    for number in range(TRIES):
        day = audit.pace.day("family") - timedelta(days=2 * number)
        audit.shelf.add(
            ContactTry(feedback=feedback, tried_on=day, way=ways[number], tried_by=audit.people[1])
        )


def _check(audit: Audit, feedback: FamilyFeedback, answers: str) -> None:
    audit.shelf.add(
        SafetyCheck(
            feedback=feedback,
            is_safe=answers == "safety",
            checked_by=audit.case.worker,
            checked_at=audit.pace.at("family", 9),
            **wording()[answers],
        )
    )


def _answer(audit: Audit, feedback: FamilyFeedback, said: str) -> None:
    """Their words under the first question; what they raised; a quote, if they agreed to one."""
    questions = _questions_for(AskedPerson(feedback.asked))
    if questions:
        feedback.question_set_title = questions.title
        feedback.question_set_revision = questions.revision_id
        for order, question in enumerate(questions.questions, start=1):
            words = said if order == 1 else ""
            audit.shelf.add(
                FeedbackAnswer(feedback=feedback, order=order, question=question, words=words)
            )
    for turn, code in enumerate(_themes(audit)):
        view = SharedView.values[(audit.number + turn) % len(SharedView.values)]
        audit.shelf.add(FeedbackTheme(feedback=feedback, theme=audit.cast.themes[code], view=view))
    if audit.number % EVERY_NTH_QUOTE == 0:
        day = audit.pace.day("family")
        audit.shelf.add(AgreedQuote(feedback=feedback, words=said, agreed_on=day))


def _questions_for(asked: AskedPerson) -> QuestionSet | None:
    begins = AUDIENCES[asked]
    return next((one for one in published_sets() if one.audience.lower().startswith(begins)), None)


def _themes(audit: Audit) -> list[str]:
    """The themes of the child's day."""
    statements = audit.story["sections"]["lived_experience"].get("statements", [])
    return statements[0]["themes"] if statements else []


def _event(audit: Audit, feedback: FamilyFeedback, step: str, by: Any, hour: int) -> None:
    when = audit.pace.at("family", hour)
    audit.shelf.event(when, by, f"familyfeedback.{step}", feedback)


def settle(submissions: list[AuditSubmission]) -> None:
    """What is in an audit is fixed from now on."""
    rows = FamilyFeedback.objects.filter(
        submission__in=[row.pk for row in submissions], state=FeedbackState.INCORPORATED
    )
    for row in rows.filter(happened_on__isnull=False):
        when = moment(row.happened_on or row.due_date, 17)
        FamilyFeedback.objects.filter(pk=row.pk).update(settled_at=when, incorporated_at=when)
