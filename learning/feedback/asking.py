"""From whom is asked, over the question whether that is safe, to what became of it (domain.md D2, E3)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.disclosure.finding import find_identifiers
from learning.disclosure.kinds import TOLD_INSIDE
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.events.working_days import add_working_days
from learning.feedback.announcing import tell_pair, tell_worker
from learning.feedback.models import ContactTry, FamilyFeedback, FeedbackAnswer, SafetyCheck
from learning.feedback.permissions import (
    independent_of_pair,
    takes_feedback,
    user_can_check_safety,
    user_can_settle,
)
from learning.feedback.questions import QuestionSet
from learning.feedback.reaching import (
    AskingNotPossible,
    locked,
    locked_for_pair,
    refuse_future,
)
from learning.feedback.states import BEING_TRIED, MAY_BE_CHECKED, AskedPerson, FeedbackState
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.states import IN_SAMPLE
from learning.submissions.models import AuditSubmission

Outcome = FeedbackState


@dataclass(frozen=True)
class SafetyAnswers:
    """What the worker or the manager says of each thing that could make contact unsafe."""

    domestic_abuse: str
    bail: str
    address: str
    distress: str
    court: str
    how: str = ""


@transaction.atomic
def begin_asking(*, cycle: AuditCycle, begun_by: Any) -> list[FamilyFeedback]:
    """After the days: for each audit of the cycle the child and a parent are to be asked (domain.md A53)."""
    audits = AuditSubmission.objects.filter(case__cycle=cycle, case__state__in=IN_SAMPLE)
    begun = []
    for submission in audits.select_related(
        "case__area", "case__worker__line_manager"
    ).prefetch_related("family_feedback"):
        there = {one.asked for one in submission.family_feedback.all()}
        missing = [asked for asked in _usually_asked(submission) if asked not in there]
        begun += [_add(submission, asked, "", begun_by) for asked in missing]
        if missing:
            tell_worker(submission)
    return begun


def _usually_asked(submission: AuditSubmission) -> tuple[AskedPerson, ...]:
    if submission.case.area.code == "care_leaver":
        return (AskedPerson.YOUNG_PERSON,)
    return (AskedPerson.CHILD, AskedPerson.PARENT_OR_CARER)


def due_day(submission: AuditSubmission) -> date:
    """The day by which families are asked: working days after the last audit day, never in the past."""
    last_day = submission.case.cycle.days.order_by("date").last()
    begin = last_day.date if last_day else timezone.localdate()
    due = add_working_days(begin, AuditSettings.load().family_feedback_days)
    return max(due, timezone.localdate())


@transaction.atomic
def add_person(
    *, submission: AuditSubmission, asked: AskedPerson, relation: str, added_by: Any
) -> FamilyFeedback:
    """Somebody else who is to be asked: each parent has had an experience of their own."""
    if not user_can_settle(added_by, submission):
        raise PermissionDenied("The pair or the lead says who is asked.")
    fresh = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not takes_feedback(fresh):
        raise StepNotPossible("This audit is complete: nobody else can be asked for it.")
    if any(span.kind not in TOLD_INSIDE for span in find_identifiers(relation)):
        raise AskingNotPossible("Say it by their part, such as “mother”: no name, age or address.")
    feedback = _add(fresh, asked, relation, added_by)
    tell_worker(fresh)
    return feedback


def _add(submission: AuditSubmission, asked: AskedPerson, relation: str, by: Any) -> FamilyFeedback:
    feedback = FamilyFeedback.objects.create(
        submission=submission, asked=asked, relation=relation, due_date=due_day(submission)
    )
    record_event(actor=by, action="familyfeedback.added", about=feedback)
    return feedback


@transaction.atomic
def check_safety(
    *, feedback: FamilyFeedback, answers: SafetyAnswers, is_safe: bool, checked_by: Any
) -> FamilyFeedback:
    """The feedback after the worker or the manager answered. “Not safe” ends it, whenever it comes."""
    if not user_can_check_safety(checked_by, feedback):
        raise PermissionDenied("The worker of the case, or the worker’s manager, answers this.")
    fresh = locked(feedback)
    if fresh.state not in MAY_BE_CHECKED:
        raise StepNotPossible("The family has been asked already, or asking has ended.")
    SafetyCheck.objects.create(
        feedback=fresh, is_safe=is_safe, checked_by=checked_by, **vars(answers)
    )
    checked = _after_check(fresh, is_safe, checked_by)
    tell_pair(
        checked,
        "Contact is safe: you can go on."
        if is_safe
        else "Contact is not safe: please do not try. Nothing more is asked of you for this person.",
    )
    return checked


def _after_check(feedback: FamilyFeedback, is_safe: bool, by: Any) -> FamilyFeedback:
    if not is_safe:
        return take_step(feedback, "find_unsafe", actor=by)
    if feedback.state == FeedbackState.DUE:
        return take_step(feedback, "find_safe", actor=by)
    record_event(actor=by, action="familyfeedback.safety_confirmed", about=feedback)
    return feedback


@transaction.atomic
def record_try(*, feedback: FamilyFeedback, tried_on: date, way: str, tried_by: Any) -> ContactTry:
    """One day on which they could not be reached. Three calls in one afternoon are one try."""
    fresh = locked_for_pair(feedback, tried_by)
    if fresh.state not in BEING_TRIED:
        raise StepNotPossible("Nobody tries to reach them now: see what stands above.")
    refuse_future(tried_on)
    try:
        with transaction.atomic():
            attempt = ContactTry.objects.create(
                feedback=fresh, tried_on=tried_on, way=way, tried_by=tried_by
            )
    except IntegrityError as refusal:
        raise AskingNotPossible(
            "A try on that day stands already. Several on one day count as one."
        ) from refusal
    record_event(actor=tried_by, action="familyfeedback.tried", about=fresh)
    return attempt


@transaction.atomic
def invite(
    *,
    feedback: FamilyFeedback,
    asked: AskedPerson,
    led_by: Any,
    consent: str,
    consent_on: date,
    support: str,
    questions: QuestionSet,
    invited_by: Any,
) -> FamilyFeedback:
    """The feedback with consent, who leads, and the questions in the wording of today (domain.md A54)."""
    fresh = locked_for_pair(feedback, invited_by)
    if led_by not in independent_of_pair(fresh.submission):
        raise AskingNotPossible(
            "One of the pair who is independent of the work leads, never the worker."
        )
    if not consent.strip():
        raise AskingNotPossible("Say who agreed, and how.")
    refuse_future(consent_on)
    invited = take_step(fresh, "invite", actor=invited_by)
    invited.asked, invited.led_by, invited.support = asked, led_by, support
    invited.consent, invited.consent_on = consent, consent_on
    _pin(invited, questions)
    invited.save()
    return invited


def _pin(feedback: FamilyFeedback, questions: QuestionSet) -> None:
    """Copies the wording, and keeps the revision that it came from."""
    feedback.question_set_title = questions.title
    feedback.question_set_revision = questions.revision_id
    FeedbackAnswer.objects.bulk_create(
        FeedbackAnswer(feedback=feedback, order=order, question=text)
        for order, text in enumerate(questions.questions, start=1)
    )


@transaction.atomic
def end_asking(
    *, feedback: FamilyFeedback, outcome: FeedbackState, reason: str, ended_by: Any
) -> FamilyFeedback:
    """The feedback, ended without their views; every end has its own condition (domain.md D2)."""
    if not user_can_settle(ended_by, feedback.submission):
        raise PermissionDenied("The pair or the lead ends this.")
    fresh = locked(feedback)
    _refuse_end(fresh, outcome, reason)
    ended = take_step(fresh, _STEP_TO[outcome], actor=ended_by)
    ended.outcome_reason = reason
    ended.save(update_fields=["outcome_reason"])
    if outcome == Outcome.DECLINED:
        _forget_words(ended)
    return ended


_STEP_TO = {
    Outcome.DECLINED: "decline",
    Outcome.NOT_SAFE: "find_unsafe",
    Outcome.NOT_REACHED: "give_up",
    Outcome.NOT_APPROPRIATE: "set_aside",
}


def _refuse_end(feedback: FamilyFeedback, outcome: FeedbackState, reason: str) -> None:
    needed = AuditSettings.load().tries_before_not_reached
    if outcome == Outcome.NOT_REACHED and feedback.tries.count() < needed:
        raise AskingNotPossible(f"Try {needed} times first, on different days, and note each try.")
    if outcome in (Outcome.NOT_SAFE, Outcome.NOT_APPROPRIATE) and not reason.strip():
        raise AskingNotPossible("Say why, in a sentence.")


def _forget_words(feedback: FamilyFeedback) -> None:
    """What they said goes with their agreement; that they were asked stays."""
    feedback.answers.update(words="")
    feedback.raised.all().delete()
    feedback.quotes.all().delete()
