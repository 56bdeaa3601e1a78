"""One audit with a word in every field, in a cycle that closed long enough ago, and one that did not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import CharField, QuerySet, TextField
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.models import (
    AuditCycle,
    AuditSubmission,
    DisposalList,
    Escalation,
    GoodPracticeLetter,
    MorningText,
    Theme,
)
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.retention.services import approve_list, check_list, draw_up_list
from learning.retention.words import Words
from learning.submissions.grants import grant_to_pair, grant_to_worker
from learning.submissions.states import SubmissionState
from portal.demo.loader import first_with
from tests.learning.audit import (
    a_cycle,
    a_family_feedback,
    a_letter,
    a_pair,
    a_person,
    a_sampled_case,
    a_submission,
)

CANARY = "dunlinquartz"
WORDS = f"Seen at home {CANARY}."


@dataclass(frozen=True)
class Kept:
    """Who and what there is."""

    old: AuditSubmission
    young: AuditSubmission
    letter: GoodPracticeLetter
    lead: StaffMember
    governance: StaffMember


def a_full_audit(ref: str, closed_months_ago: int) -> AuditSubmission:
    """A locked audit with words in every field, in a cycle that closed so many months ago."""
    cycle = a_cycle(ref)
    worker = a_person(f"Worker{ref}")
    pair = a_pair(cycle, a_person(f"Ada{ref}"), a_person(f"Ben{ref}"))
    case = a_sampled_case(cycle, worker=worker, pair=pair, state="complete")
    audit = a_submission(case, SubmissionState.COMPLETE)
    audit.opening_statements.create(person=pair.people[0])
    _write_in(audit, worker)
    grant_to_pair(submission=audit, granted_by=first_with(Role.LEAD_QA))
    grant_to_worker(submission=audit, granted_by=first_with(Role.LEAD_QA))
    AuditSubmission.objects.filter(pk=audit.pk).update(state="locked", locked_at=timezone.now())
    audit.addenda.create(text=WORDS, reason=WORDS, written_by=worker)
    closed_at = timezone.now() - timedelta(days=31 * closed_months_ago)
    AuditCycle.objects.filter(pk=cycle.pk).update(state=CycleState.CLOSED, closed_at=closed_at)
    return AuditSubmission.objects.get(pk=audit.pk)


def _write_in(audit: AuditSubmission, person: StaffMember) -> None:
    today = timezone.localdate()
    theme = Theme.objects.order_by("pk").first()
    entry = audit.entries.create(
        section=audit.form.sections.first(), version=1, **_words_for(audit.entries.model)
    )
    entry.versions.create(number=1, boxes={"saw": WORDS}, written_by=person)
    statement = entry.statements.create(kind="strength", text=WORDS, written_by=person)
    statement.themes.add(theme)
    MorningText.objects.create(submission=audit, words={"sections": [], "questions": [WORDS]})
    header = {"age_band": "2-4", "months_open": "6-11", "sources_read": ["record"]}
    AuditSubmission.objects.filter(pk=audit.pk).update(**header)
    audit.questions.create(text=WORDS, why_decided=WORDS, written_by=person)
    audit.gaps.create(kind="visit", text=WORDS)
    audit.reviews.create(reviewer=person, outcome="signed_off", words=WORDS)
    audit.replies.create(worker=person, facts=WORDS, reflection=WORDS)
    audit.confirmations.create(person=person, fingerprint="f", hours=5, hints_reason=WORDS)
    _talk_in(audit, person)
    audit.case.recording_confirmations.create(words=WORDS, confirmed_by=person)
    audit.case.attendance_confirmations.create(words=WORDS, confirmed_by=person)
    type(audit.case.case).objects.filter(pk=audit.case.case_id).update(
        excluded_words=WORDS, apart_words=WORDS
    )
    feedback = a_family_feedback(audit, "held", **_words_for(audit.family_feedback.model))
    feedback.safety_checks.create(
        is_safe=True, checked_by=person, **_words_for(feedback.safety_checks.model)
    )
    feedback.answers.create(order=1, question="What helped?", words=WORDS)
    feedback.quotes.create(words=WORDS, agreed_on=today)
    feedback.raised.create(theme=theme, view="same")
    type(feedback).objects.filter(pk=feedback.pk).update(
        state="incorporated", incorporated_at=timezone.now(), question_set_title="For parents"
    )
    escalate(person, ref=f"{audit.case.ref}-E", cycle=audit.case.cycle, submission=audit)


def escalate(person: StaffMember, **about: Any) -> None:
    """A closed escalation that was handed over on its way, with words in every field."""
    now, lead = timezone.now(), first_with(Role.LEAD_QA)
    escalation = Escalation.objects.create(
        raised_by=person,
        state="conveyed",
        recipient=lead,
        deadline=now,
        conveyed_at=now,
        action=WORDS,
        **about,
    )
    escalation.notes.create(words=WORDS, written_by=person)
    escalation.handovers.create(
        number=1,
        from_person=lead,
        to_person=person,
        why=WORDS,
        handed_over_by=lead,
        handed_over_at=now,
    )
    rows = Escalation.objects.filter(pk=escalation.pk)
    rows.update(recipient=person, times_handed_over=1, handed_over_at=now)
    rows.update(
        state="closed",
        verified_by=lead,
        **dict.fromkeys(("acknowledged_at", "action_reported_at", "verified_at"), now),
        action_report=WORDS,
        evidence=WORDS,
    )


def _talk_in(audit: AuditSubmission, person: StaffMember) -> None:
    model: Any = type(audit)._meta.get_field("conversation").related_model
    words = _words_for(model)
    model.objects.create(
        submission=audit, was_held=True, participants=["social_worker"], recorded_by=person, **words
    )


def _words_for(model: Any) -> dict[str, str]:
    """The canary in every free-text column of the model."""
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name != "state"
    ]
    return {field.name: WORDS[: field.max_length or None] for field in fields}


@pytest.fixture
def kept(person: Callable[[Role], StaffMember]) -> Kept:
    return keep(person)


def keep(person: Callable[[Role], StaffMember]) -> Kept:
    """Also for tests that commit."""
    old, young = a_full_audit("2021-Q1", 40), a_full_audit("2030-Q4", 2)
    letter = a_letter(old, writer=person(Role.SENIOR_MANAGER), state="drafted")
    words = dict.fromkeys(("what_was_done", "difference_made", *GoodPracticeLetter.PARTS), WORDS)
    GoodPracticeLetter.objects.filter(pk=letter.pk).update(
        state="sent", sent_at=timezone.now(), approved_by=person(Role.LEAD_QA), **words
    )
    return Kept(
        old=old,
        young=young,
        letter=letter,
        lead=person(Role.LEAD_QA),
        governance=person(Role.INFORMATION_GOVERNANCE),
    )


def approved(kept: Kept) -> DisposalList:
    """The list of what is due, checked by the lead and approved by information governance."""
    disposal = draw_up_list(drawn_up_by=kept.lead)
    check_list(disposal=disposal, checked_by=kept.lead)
    return approve_list(disposal=disposal, approved_by=kept.governance)


def an_old_look(months: int = 80, **about: str) -> None:
    """A row of the access log of long ago."""
    AccessEvent.objects.create(
        happened_at=timezone.now() - timedelta(days=31 * months), action="viewed", **about
    )


def texts_of(kinds: Iterable[Words], thing: Any) -> list[tuple[QuerySet[Any], tuple[str, ...]]]:
    """The rows of this thing in which words are left and that stay, with the columns of these words."""
    return [(words.of(thing), words.columns) for words in kinds if words.columns]


def words_left(kinds: Iterable[Words], thing: Any) -> list[str]:
    """Which tables have words of this thing left."""
    return [words.model.__name__ for words in kinds if words.of(thing).exists()]
