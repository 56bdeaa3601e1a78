"""What stands in a cycle's way between the draw and the first day, and what no longer does (domain.md E1)."""

from typing import Any

import pytest

from learning.events.models import Event
from learning.people.roles import Role
from learning.programme.gates import cautions_for, missing_for
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.preparing import tell_workers
from learning.selection.replacing import withdraw_case
from learning.selection.requirements import (
    allocation_missing,
    coverage_lost,
    draw_missing,
    preparation_missing,
)
from learning.selection.states import CaseState, ExclusionReason
from learning.submissions.gates import unsigned, unsubmitted
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

pytestmark = pytest.mark.django_db


def withdraw(cases: Any, officer: Any) -> None:
    for case in cases:
        withdraw_case(case=case, reason=ExclusionReason.COURT, words="", withdrawn_by=officer)


# --- Coverage ----------------------------------------------------------------------------------------


def test_contacts_that_were_withdrawn_ask_for_a_reason_before_the_workers_count_as_told(
    confirmed: Any, officer: Any, sign_in: Any, person: Any
) -> None:
    assert coverage_lost(confirmed) == []
    withdraw(confirmed.sample.in_sample().filter(area__code="initial_contact"), officer)
    (sentence,) = coverage_lost(confirmed)
    assert sentence == "A sample has at least 2 initial contacts; in this one are 0."

    confirmed.sample.update(worker=a_person("Wanda"))
    tell_workers(cycle=confirmed, told_by=person(Role.LEAD_QA))
    assert AuditCycle.objects.get(pk=confirmed.pk).state == CycleState.SELECTION
    lead, address = sign_in(Role.LEAD_QA), f"/audits/{confirmed.ref}/steps/tell_workers/"
    assert "at least 2 initial contacts" in lead.post(address, {"reason": ""}, follow=True).text
    assert AuditCycle.objects.get(pk=confirmed.pk).state == CycleState.SELECTION
    lead.post(address, {"reason": "A court restricted both."})
    assert AuditCycle.objects.get(pk=confirmed.pk).state == CycleState.NOTIFIED
    told = Event.objects.get(action="auditcycle.tell_workers")
    assert told.reason == "A court restricted both."


def test_an_area_of_which_nothing_is_left_is_named(confirmed: Any, officer: Any) -> None:
    leavers = list(confirmed.sample.in_sample().filter(area__code="care_leaver"))
    withdraw(leavers[1:], officer)
    assert coverage_lost(confirmed) == []
    withdraw(leavers[:1], officer)
    assert coverage_lost(confirmed) == [f"No case is left of this area of work: {leavers[0].area}."]
    assert cautions_for(confirmed, "tell_workers") == coverage_lost(confirmed)


def test_a_replacement_counts_as_what_was_drawn(confirmed: Any) -> None:
    confirmed.sample.filter(area__code="initial_contact").update(route="replacement")
    assert coverage_lost(confirmed) == []
    confirmed.sample.filter(area__code="initial_contact").update(route="themed_supplement")
    assert len(coverage_lost(confirmed)) == 1


# --- Draw, preparation, pairs --------------------------------------------------------------------------


def test_nobody_counts_as_told_without_a_confirmed_draw(drawn: Any) -> None:
    asked = ["Draw the sample and confirm the draw."]
    assert draw_missing(a_cycle(state=CycleState.SELECTION, ref="2031-Q4")) == asked
    assert draw_missing(drawn) == asked


def test_a_draw_without_a_hash_and_workers_not_told_stand_in_the_way(confirmed: Any) -> None:
    waiting = list(confirmed.sample.filter(state=CaseState.CONFIRMED))
    (sentence,) = draw_missing(confirmed)
    assert all(case.ref in sentence for case in waiting)
    assert missing_for(confirmed, "tell_workers") == [sentence]
    confirmed.sample.filter(state=CaseState.CONFIRMED).update(state=CaseState.WORKER_NOTIFIED)
    assert draw_missing(confirmed) == []

    bare = a_cycle(state=CycleState.SELECTION, ref="2031-Q4")
    a_sampled_case(bare, state=CaseState.WORKER_NOTIFIED)
    SelectionDraw.objects.filter(cycle=bare).update(confirmed_at="2031-01-05T09:00Z")
    assert draw_missing(bare) == ["The draw has no frame hash."]


@pytest.mark.parametrize(
    ("gate", "step", "waits", "done"),
    [
        (preparation_missing, "declare_ready", CaseState.CONFIRMED, CaseState.READY),
        (preparation_missing, "declare_ready", CaseState.WORKER_NOTIFIED, CaseState.WITHDRAWN),
        (allocation_missing, "begin_days", CaseState.READY, CaseState.ALLOCATED),
        (allocation_missing, "begin_days", CaseState.READY, CaseState.EXCLUDED),
    ],
)
def test_a_case_that_waits_is_named_and_stands_in_the_way(
    gate: Any, step: str, waits: str, done: str
) -> None:
    cycle = a_cycle(state=CycleState.NOTIFIED)
    case = a_sampled_case(cycle, state=waits)
    (sentence,) = gate(cycle)
    assert case.ref in sentence
    assert sentence in missing_for(cycle, step)
    SampledCase.objects.filter(pk=case.pk).update(state=done)
    assert gate(cycle) == []


def test_somebody_without_a_pair_is_named_before_the_days() -> None:
    cycle = a_cycle(state=CycleState.READY)
    pair = a_pair(cycle, a_person("First"), a_person("Second"))
    assert "in no pair" not in " ".join(missing_for(cycle, "begin_days"))
    alone = a_person("Alone")
    cycle.team.create(person=alone)
    sentence = f"{alone} is in the team and in no pair."
    assert sentence in missing_for(cycle, "begin_days")
    pair.members.add(cycle.team.get(person=alone))
    assert sentence not in missing_for(cycle, "begin_days")


# --- Submissions ---------------------------------------------------------------------------------------


def test_the_days_end_when_every_case_of_the_sample_is_submitted() -> None:
    cycle = a_cycle()
    bare = a_sampled_case(cycle, state=CaseState.READY)
    written = a_sampled_case(cycle)
    submission = a_submission(written)
    gone = a_submission(a_sampled_case(cycle, state=CaseState.WITHDRAWN))
    assert unsubmitted(cycle) == [
        f"{bare.ref} has not been given to a pair.",
        f"{written.ref} has not been submitted.",
    ]
    assert set(unsubmitted(cycle)) <= set(missing_for(cycle, "finish_days"))
    for state in (SubmissionState.NOT_STARTED, SubmissionState.RETURNED):
        type(gone).objects.filter(pk=submission.pk).update(state=state)
        assert f"{written.ref} has not been submitted." in unsubmitted(cycle)
    type(gone).objects.filter(pk=submission.pk).update(state=SubmissionState.SUBMITTED)
    SampledCase.objects.filter(pk=bare.pk).update(state=CaseState.WITHDRAWN)
    assert unsubmitted(cycle) == []


def test_quality_assurance_ends_when_every_case_of_the_sample_is_signed_off() -> None:
    cycle = a_cycle(state=CycleState.QUALITY_ASSURANCE)
    submission = a_submission(a_sampled_case(cycle), SubmissionState.SUBMITTED)
    a_submission(a_sampled_case(cycle, state=CaseState.EXCLUDED), SubmissionState.READING)
    sentence = f"{submission.case.ref} has not been signed off."
    for state in (SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.READING):
        type(submission).objects.filter(pk=submission.pk).update(state=state)
        assert unsigned(cycle) == [sentence]
    assert sentence in missing_for(cycle, "finish_quality_assurance")
    type(submission).objects.filter(pk=submission.pk).update(state=SubmissionState.QUALITY_ASSURED)
    assert unsigned(cycle) == []
