"""One year's review from its opening to its last change (domain.md A73, A75, E6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse_lazy
from django.utils import timezone

from learning.events.steps import StepNotPossible
from learning.models import (
    PreparationReview,
    ProcessChange,
    ProcessReview,
    ProFormaVersion,
    ReviewRound,
)
from learning.people.roles import Role
from learning.process_review.asking import AskingNotPossible, open_round, take_answers
from learning.process_review.selectors import evidence_of
from learning.process_review.services import ReviewNotPossible, collect_evidence, finish
from learning.process_review.states import ReviewState
from learning.programme.gates import CycleNotReady
from learning.programme.services import move_cycle
from learning.programme.states import CycleState
from tests.learning.audit import a_cycle, a_person, a_round, audited_cases

pytestmark = pytest.mark.django_db

REVIEW = "/audits/process-review/2031/"
MY_WORK = reverse_lazy("home:my_work")
DUE = timezone.localdate() + timedelta(days=60)
DECISION = {
    "words": "Tell workers a week earlier that a case was drawn.",
    "due_date_day": str(DUE.day),
    "due_date_month": str(DUE.month),
    "due_date_year": str(DUE.year),
}


def a_finished_round(ref: str, part: str, count: int, of: int, days: int) -> ReviewRound:
    """So many of these people answered about a cycle whose days for answering are over."""
    cycle = a_cycle(
        ref,
        state=CycleState.LEARNING_PUBLISHED,
        first_day=timezone.localdate() + timedelta(days=days),
    )
    people = [a_person(f"{ref[-2:]}{part}{number}") for number in range(of)]
    asked = a_round(cycle, **{f"{part}s": people})
    for invitation in asked.invitations.all()[:count]:
        take_answers(invitation=invitation, answers={"different": f"Said of {ref}."})
    yesterday = timezone.localdate() - timedelta(days=1)
    ReviewRound.objects.filter(pk=asked.pk).update(ends_on=yesterday)
    return asked


@pytest.fixture
def year(db: None) -> list[ReviewRound]:
    """Three cycles: eight, three and two auditors answered, of nine each."""
    return [
        a_finished_round(f"2031-Q{number}", "auditor", count, 9, days)
        for number, count, days in ((1, 8, 0), (2, 3, 10), (3, 2, 20))
    ]


@pytest.fixture
def review(year: list[ReviewRound], sign_in: Any) -> ProcessReview:
    sign_in(Role.LEAD_QA).post(f"{REVIEW}open/")
    return ProcessReview.objects.get()


def review_preparation(review: ProcessReview, lead: Any) -> None:
    PreparationReview.objects.create(
        programme=review.programme,
        reviewed_on=timezone.localdate(),
        words="The drill on writing helped.",
        changes="It comes first.",
        written_by=lead,
    )


@pytest.fixture
def collected(review: ProcessReview, person: Any) -> ProcessReview:
    review_preparation(review, person(Role.LEAD_QA))
    return collect_evidence(review=review, collected_by=person(Role.LEAD_QA))


def pooled_texts(review: ProcessReview) -> list[str]:
    evidence = evidence_of(review, timezone.localdate())
    return [
        text for voices in evidence.pooled for _, texts in voices.answers for text in texts if texts
    ]


def test_the_lead_finds_the_year_in_my_work_and_opens_its_review(
    year: list[ReviewRound], sign_in: Any
) -> None:
    type(year[0].cycle).objects.update(state=CycleState.CLOSED)
    client = sign_in(Role.LEAD_QA)
    assert "Review how the audit itself went in 2031" in client.get(MY_WORK).content.decode()
    page = client.post(f"{REVIEW}open/", follow=True).content.decode()
    assert "Collecting evidence" in page
    again = client.post(f"{REVIEW}open/", follow=True).content.decode()
    assert "open already" in again
    assert ProcessReview.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_goes_on(
    review: ProcessReview, sign_in: Any, person: Any
) -> None:
    a_cycle("2031-Q4", first_day=timezone.localdate() + timedelta(days=40))
    page = sign_in(Role.LEAD_QA).get(REVIEW).content.decode()
    assert "The people of 2031-Q4 have not been asked" in page
    assert "preparation of auditors has not been reviewed" in page
    with pytest.raises(ReviewNotPossible):
        collect_evidence(review=review, collected_by=person(Role.LEAD_QA))
    review.refresh_from_db()
    assert review.state == ReviewState.OPENED


# --- Few answers ---------------------------------------------------------------------------------------------


def test_few_answers_are_merged_once_the_evidence_is_complete_and_not_before(
    review: ProcessReview, person: Any, sign_in: Any
) -> None:
    assert pooled_texts(review) == []
    review_preparation(review, person(Role.LEAD_QA))
    collected = collect_evidence(review=review, collected_by=person(Role.LEAD_QA))
    assert sorted(pooled_texts(collected)) == ["Said of 2031-Q2."] * 3 + ["Said of 2031-Q3."] * 2
    page = sign_in(Role.LEAD_QA).get(REVIEW).content.decode()
    assert "Said of 2031-Q2." in page
    assert "Said of 2031-Q1." not in page, "what is shown by itself is not in the merged answers"


def test_four_in_the_whole_year_stay_hidden(person: Any, sign_in: Any) -> None:
    for number, days in ((1, 0), (2, 10)):
        a_finished_round(f"2031-Q{number}", "auditor", 2, 6, days)
    sign_in(Role.LEAD_QA).post(f"{REVIEW}open/")
    review = ProcessReview.objects.get()
    review_preparation(review, person(Role.LEAD_QA))
    collected = collect_evidence(review=review, collected_by=person(Role.LEAD_QA))
    assert pooled_texts(collected) == []
    page = sign_in(Role.LEAD_QA).get(REVIEW).content.decode()
    assert "Even together fewer than five answered" in page
    assert "Said of" not in page


def test_what_one_cycle_shows_taken_from_the_merged_answers_leaves_nobody_alone(
    collected: ProcessReview,
) -> None:
    """The merged answers hold no answer of a cycle that is shown by itself, and come from two or more."""
    evidence = evidence_of(collected, timezone.localdate())
    alone = {one.cycle.ref for one in evidence.rounds for voices in one.voices if voices.is_shown}
    merged = {text.removeprefix("Said of ").rstrip(".") for text in pooled_texts(collected)}
    assert alone == {"2031-Q1"}
    assert merged == {"2031-Q2", "2031-Q3"}


def test_nobody_can_be_added_to_the_merged_answers_afterwards(
    collected: ProcessReview, person: Any
) -> None:
    """Whoever answered later would be what is new on the page."""
    late = a_cycle(
        "2031-Q4",
        state=CycleState.LEARNING_PUBLISHED,
        first_day=timezone.localdate() + timedelta(days=40),
    )
    with pytest.raises(AskingNotPossible, match="nobody is asked any more"):
        open_round(cycle=late, opened_by=person(Role.LEAD_QA))
    closed = move_cycle(cycle=late, step="close", actor=person(Role.LEAD_QA))
    assert closed.state == CycleState.CLOSED, "and it can close all the same"


# --- Decisions -----------------------------------------------------------------------------------------------


def test_from_decision_to_change(collected: ProcessReview, sign_in: Any, person: Any) -> None:
    client = sign_in(Role.LEAD_QA)
    owner = person(Role.QA_OFFICER)
    client.post(f"{REVIEW}decide/", DECISION | {"owner": owner.pk})
    decision = collected.decisions.get()
    assert "Are all decisions" in client.get(f"{REVIEW}decided/").content.decode()
    assert sign_in(Role.FRONT_LINE).get(f"{REVIEW}changes/").status_code == 404, "not decided yet"
    client.post(f"{REVIEW}decided/")
    read = sign_in(Role.FRONT_LINE).get(f"{REVIEW}changes/").content.decode()
    assert "Tell workers a week earlier" in read and "Not linked to a change yet" in read
    assert "Change the audit as decided for 2031" in sign_in(owner).get(MY_WORK).content.decode()
    with pytest.raises(ReviewNotPossible, match="Not linked"):
        finish(review=collected, finished_by=person(Role.LEAD_QA))
    form = ProFormaVersion.objects.first()
    client.post(
        f"/audits/process-review/decisions/{decision.pk}/change/",
        {"kind": "form", "form": form.pk, "words": "A section fewer."},
    )
    client.post(f"{REVIEW}finish/")
    collected.refresh_from_db()
    assert collected.state == ReviewState.CHANGES_LINKED
    assert str(form) in sign_in(Role.FRONT_LINE).get(f"{REVIEW}changes/").content.decode()
    assert "Change the audit" not in sign_in(owner).get(MY_WORK).content.decode()


@pytest.fixture
def decided(collected: ProcessReview, sign_in: Any, person: Any) -> ProcessReview:
    client = sign_in(Role.LEAD_QA)
    client.post(f"{REVIEW}decide/", DECISION | {"owner": person(Role.LEAD_QA).pk})
    client.post(f"{REVIEW}decided/")
    return ProcessReview.objects.get(pk=collected.pk)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "form"}, "Choose the version of the form"),
        ({"kind": "setting"}, "Choose the setting"),
        ({"kind": "guidance", "page_address": "/nowhere/at-all/"}, "No published page stands"),
        ({"kind": "guidance", "page_address": "https://example.org/"}, "No published page stands"),
        ({"kind": "guidance", "page_address": "//example.org"}, "No published page stands"),
        ({"kind": "guidance", "page_address": "javascript:alert(1)"}, "No published page stands"),
        ({}, "Choose what was changed"),
    ],
)
def test_a_change_names_something_that_is_there(
    decided: ProcessReview, sign_in: Any, sent: dict[str, str], said: str
) -> None:
    decision = decided.decisions.get()
    answer = sign_in(Role.LEAD_QA).post(
        f"/audits/process-review/decisions/{decision.pk}/change/", {"words": "Different."} | sent
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ProcessChange.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "guidance", "page_address": "/guidance/"},
        {"kind": "setting", "setting": "days from draw to first day"},
    ],
)
def test_a_page_or_a_setting_can_be_what_changed(
    decided: ProcessReview, sign_in: Any, sent: dict[str, str]
) -> None:
    decision = decided.decisions.get()
    address = f"/audits/process-review/decisions/{decision.pk}/change/"
    sign_in(Role.LEAD_QA).post(address, {"words": "Different."} | sent)
    assert str(ProcessChange.objects.get().target) in sent.values()


def test_a_decision_is_for_a_day_to_come(collected: ProcessReview, sign_in: Any) -> None:
    past = {"due_date_day": "1", "due_date_month": "1", "due_date_year": "2020"}
    owner = collected.opened_by_id
    answer = sign_in(Role.LEAD_QA).post(f"{REVIEW}decide/", DECISION | past | {"owner": owner})
    assert "still to come" in answer.content.decode()
    assert not collected.decisions.exists()


def test_steps_do_not_come_twice_or_out_of_turn(collected: ProcessReview, person: Any) -> None:
    with pytest.raises(StepNotPossible):
        collect_evidence(review=collected, collected_by=person(Role.LEAD_QA))
    with pytest.raises(StepNotPossible):
        finish(review=collected, finished_by=person(Role.LEAD_QA))


@pytest.mark.parametrize("step", ["open", "collect", "decide", "decided", "finish"])
@pytest.mark.parametrize("who", [Role.QA_OFFICER, Role.SENIOR_MANAGER, Role.FRONT_LINE])
def test_only_the_lead_runs_it(review: ProcessReview, sign_in: Any, step: str, who: Role) -> None:
    assert sign_in(who).post(f"{REVIEW}{step}/", DECISION).status_code == 403


def test_a_cycle_that_was_closed_and_opened_again_closes_again(
    year: list[ReviewRound], person: Any
) -> None:
    cycle, lead = year[0].cycle, person(Role.LEAD_QA)
    move_cycle(cycle=cycle, step="close", actor=lead)
    move_cycle(cycle=cycle, step="reopen", actor=lead, reason="A letter was missing.")
    assert move_cycle(cycle=cycle, step="close", actor=lead).state == CycleState.CLOSED


def test_a_running_round_keeps_the_evidence_open(review: ProcessReview, person: Any) -> None:
    review_preparation(review, person(Role.LEAD_QA))
    ReviewRound.objects.filter(cycle__ref="2031-Q2").update(ends_on=timezone.localdate())
    with pytest.raises(ReviewNotPossible, match="still being asked"):
        collect_evidence(review=review, collected_by=person(Role.LEAD_QA))
    with pytest.raises(CycleNotReady):
        move_cycle(
            cycle=ReviewRound.objects.get(cycle__ref="2031-Q2").cycle,
            step="close",
            actor=person(Role.LEAD_QA),
        )


def test_the_year_less_the_reports_of_its_cycles_tells_nothing_of_a_small_one(
    review: ProcessReview,
) -> None:
    """Of parents six and seven told us in two cycles, which their reports say, and two in the third."""
    for number, (told, declined) in enumerate(((6, 6), (7, 5), (2, 9)), start=1):
        cycle = review.programme.cycles.get(ref=f"2031-Q{number}")
        for audit in audited_cases(cycle, 1):
            for state, count in (("incorporated", told), ("declined", declined), ("not_safe", 5)):
                for _ in range(count):
                    audit.family_feedback.create(
                        asked="parent_or_carer", state=state, due_date=timezone.localdate()
                    )
    ((_, outcomes),) = evidence_of(review, timezone.localdate()).families
    assert outcomes == [("could not be reached or asked", "15")]
