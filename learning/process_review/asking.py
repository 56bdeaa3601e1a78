"""Asking the people of a cycle how the audit was, and taking their answers (domain.md A73, E1)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.disclosure.finding import find_identifiers, local_knowledge
from learning.disclosure.kinds import Kind
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.working_days import add_working_days
from learning.people.models import StaffMember
from learning.process_review.mails import ask
from learning.process_review.models import (
    ProcessReview,
    ReviewAnswer,
    ReviewInvitation,
    ReviewRound,
)
from learning.process_review.questions import questions_now
from learning.process_review.states import ASKABLE, AskedPart, ReviewState
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.submissions.grades import grades_in
from learning.submissions.states import AFTER_QUALITY_ASSURANCE


class AskingNotPossible(Refusal):
    """The people of this cycle cannot be asked now; the message says why."""


class AnswerNotTaken(Refusal):
    """The answers were not kept; the message or `missing` says why, to whoever wrote them."""

    def __init__(self, sentence: str, missing: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.missing = missing


@transaction.atomic
def open_round(*, cycle: AuditCycle, opened_by: Any | None) -> ReviewRound:
    """The round in which the cycle's auditors and workers are asked; each is told by e-mail."""
    locked = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    _check_askable(locked)
    days = AuditSettings.load().process_feedback_days
    opened = ReviewRound.objects.create(
        cycle=locked,
        questions=questions_now(),
        ends_on=add_working_days(timezone.localdate(), days),
        opened_by=opened_by,
    )
    people = _invite(opened)
    record_event(actor=opened_by, action="reviewround.open", about=opened)
    ask(people=people, asked=opened)
    return opened


def _check_askable(cycle: AuditCycle) -> None:
    if cycle.state not in ASKABLE:
        raise AskingNotPossible(
            "People are asked when every analysis is signed off and the cycle is not closed."
        )
    if ReviewRound.objects.filter(cycle=cycle).exists():
        raise AskingNotPossible("The people of this cycle have been asked already.")
    reviews = ProcessReview.objects.filter(programme=cycle.programme_id)
    if reviews.exclude(state=ReviewState.OPENED).exists():
        raise AskingNotPossible("The evidence of this year is complete: nobody is asked any more.")


def _invite(opened: ReviewRound) -> list[StaffMember]:
    """Everybody who is asked, once each; somebody who audited and was audited is asked in both parts."""
    asked = {
        AskedPart.AUDITOR: auditors_of(opened.cycle),
        AskedPart.AUDITEE: auditees_of(opened.cycle),
    }
    ReviewInvitation.objects.bulk_create(
        ReviewInvitation(round=opened, person=person, part=part)
        for part, people in asked.items()
        for person in people
    )
    return list(dict.fromkeys(person for people in asked.values() for person in people))


def auditors_of(cycle: AuditCycle) -> list[StaffMember]:
    """The members of the cycle's pairs."""
    members = cycle.team.filter(pairs__isnull=False).select_related("person").distinct()
    return [member.person for member in members]


def auditees_of(cycle: AuditCycle) -> list[StaffMember]:
    """The workers whose audits are signed off, once each however many cases they had."""
    cases = cycle.sample.filter(submission__state__in=AFTER_QUALITY_ASSURANCE)
    return list(StaffMember.objects.filter(pk__in=cases.values("worker")))


@transaction.atomic
def take_answers(*, invitation: ReviewInvitation, answers: Mapping[str, str]) -> None:
    """Keeps what somebody answered, by the keys of the questions, and that they have.

    No event is written and no moment kept: either would say which answer is whose.
    """
    asked = invitation.round
    given = {key: answers.get(key, "").strip() for key, _ in asked.questions_for(invitation.part)}
    _check_words(given)
    if asked.is_over(timezone.localdate()):
        raise AnswerNotTaken("The days for answering are over. Thank you all the same.")
    waiting = ReviewInvitation.objects.filter(pk=invitation.pk, has_answered=False)
    if not waiting.update(has_answered=True):
        raise AnswerNotTaken("You have answered already. What you wrote then is kept.")
    for key, text in given.items():
        if text:
            ReviewAnswer.objects.create(round=asked, part=invitation.part, question=key, text=text)


def _check_words(given: Mapping[str, str]) -> None:
    """Refuses emptiness, grades, and what could tell who is spoken of or who speaks."""
    if not any(given.values()):
        raise AnswerNotTaken("Answer at least one question. The others may stay empty.")
    known = local_knowledge()
    wrong = [
        sentence for text in given.values() for sentence in (*_grades(text), *_names(text, known))
    ]
    if wrong:
        raise AnswerNotTaken("Change some words first.", wrong)


def _grades(text: str) -> list[str]:
    return [
        f"“{text[grade.start : grade.end]}” reads as a grade. Say what it was like instead."
        for grade in grades_in(text)
    ]


NAMES = (Kind.STAFF_NAME, Kind.PERSON_NAME)
"""Kinds that may stay elsewhere with a reason; here nobody could be asked for one."""


def _names(text: str, known: Any) -> list[str]:
    return [
        f"“{text[span.start : span.end]}”: {span.label_inside}. {span.advice}"
        for span in find_identifiers(text, known)
        if span.is_blocking or span.kind in NAMES
    ]
