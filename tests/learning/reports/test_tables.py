"""What stands in the tables that only a report has, and what must not."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from learning.events.months import days_in_words
from learning.feedback.states import FeedbackState
from learning.figures.figure import Figure
from learning.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import CycleFocus
from learning.recommendations import decisions
from learning.recommendations.models import Recommendation
from learning.recommendations.states import ActionType, RecommendationState, Rung
from learning.reports.tables import (
    action_plan,
    draw_certificate,
    in_short,
    late_and_asked,
    training_actions,
)
from learning.selection.models import SelectionDraw
from learning.vocabulary.models import Theme
from tests.learning.audit import a_cycle, a_family_feedback, a_recommendation, audited_cases
from tests.learning.reports.conftest import TODAY, Round, written

pytestmark = pytest.mark.django_db
CASE_WORDS = "Agree with the family who comes"


def line_of(figure: Figure, ref: str) -> dict[str, str]:
    """The words of this row by column; empty where the table does not have it."""
    found = [row for row in figure.table if row[0] == ref]
    assert len(found) < 2
    return dict(zip(figure.columns, found[0], strict=True)) if found else {}


def day(date: Any) -> str:
    return f"{date:%-d %B %Y}"


def of_this_cycle(round_: Round, **fields: Any) -> Recommendation:
    return a_recommendation(**{"owner": round_.senior, "cycle": round_.cycle, **fields})


def refused(row: Recommendation, by: StaffMember, reason: str) -> None:
    """Not accepted, by the steps that people take."""
    proposal = decisions.propose_non_acceptance(
        recommendation=row, reason=reason, proposed_by=row.owner
    )
    decisions.decide_non_acceptance(proposal=proposal, is_approved=True, words="", decided_by=by)


# --- What is late, asked for, or not accepted ------------------------------------------------------------


def test_what_was_not_accepted_is_told_to_the_board_and_of_a_case_no_word(round_: Round) -> None:
    manager = StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example")
    owner = StaffMember.objects.exclude(pk__in=[manager.pk]).filter(is_active=True).first()
    assert owner is not None
    StaffMember.objects.filter(pk=owner.pk).update(line_manager=manager)
    owner.refresh_from_db()
    audit = audited_cases(round_.cycle, 1)[0]
    of_case = a_recommendation(audit, owner=owner, state="in_progress")
    beyond = of_this_cycle(round_, owner=owner, state="in_progress", level="service")
    kept = a_recommendation(audit, owner=owner, state="in_progress")
    refused(of_case, manager, "Her grandmother fetches her now.")
    refused(beyond, manager, "There is a better way.")
    figure = late_and_asked(round_.cycle, TODAY)
    told = line_of(figure, of_case.ref)
    assert told["Status"] == "Not accepted"
    assert told["What should be done"] == "About one case: its words stand on its own page"
    assert told["Why"] == "–"
    assert "grandmother" not in str(figure.frozen())
    assert line_of(figure, beyond.ref)["Why"] == "Not accepted: There is a better way."
    assert not line_of(figure, kept.ref)


def test_about_one_case_it_names_what_nobody_answered_and_nothing_else(round_: Round) -> None:
    audit = audited_cases(round_.cycle, 1)[0]
    named = a_recommendation(audit, owner=round_.senior, due_in=-26)
    quiet = a_recommendation(audit, owner=round_.senior, due_in=-26)
    named.follow_ups.create(rung=Rung.BOARD, for_due_date=named.due_date, due_on=TODAY)
    quiet.follow_ups.create(rung=Rung.SENIOR, for_due_date=quiet.due_date, due_on=TODAY)
    figure = late_and_asked(round_.cycle, TODAY)
    told = line_of(figure, named.ref)
    assert told["Status"] == "Overdue"
    assert told["Due now"] == day(named.due_date)
    assert CASE_WORDS not in str(told)
    assert not line_of(figure, quiet.ref)
    Recommendation.objects.filter(pk=named.pk).update(state=RecommendationState.VERIFIED)
    assert not line_of(late_and_asked(round_.cycle, TODAY), named.ref)


def test_more_time_is_told_with_its_reason_while_it_waits(round_: Round) -> None:
    row = of_this_cycle(round_, state="in_progress", level="service")
    on_track = of_this_cycle(round_, level="service")
    until = row.due_date + timedelta(days=30)
    request = decisions.request_extension(
        recommendation=row, new_due_date=until, reason="The form is late.", requested_by=row.owner
    )
    told = line_of(late_and_asked(round_.cycle, TODAY), row.ref)
    assert told["Why"] == f"More time asked for, until {day(until)}: The form is late."
    assert told["What should be done"] == row.action
    assert told["First due date"] == told["Due now"] == day(row.original_due_date)
    assert not line_of(late_and_asked(round_.cycle, TODAY), on_track.ref)
    assert line_of(late_and_asked(round_.cycle, TODAY), round_.late.ref)["Status"] == "Overdue"
    decisions.decide_extension(request=request, is_granted=True, words="", decided_by=round_.lead)
    assert not line_of(late_and_asked(round_.cycle, TODAY), row.ref)


def test_a_later_cycle_is_not_told_in_an_earlier_report(round_: Round) -> None:
    late = of_this_cycle(round_, level="service", due_in=-9)
    assert not line_of(late_and_asked(round_.before, TODAY), late.ref)


# --- The plan --------------------------------------------------------------------------------------------


def test_the_plan_says_who_by_when_and_how_it_is_tested(round_: Round) -> None:
    row = of_this_cycle(round_, level="organisational")
    untested = of_this_cycle(round_, level="service")
    draft = of_this_cycle(round_, level="service", state="draft")
    row.impact_tests.create(
        cycle=round_.cycle, question="Was she seen alone?", planned_by=round_.lead
    )
    figure = action_plan(round_.cycle, TODAY)
    assert line_of(figure, row.ref) == {
        "Reference": row.ref,
        "What should be done": row.action,
        "How far it reaches": row.get_level_display(),
        "Owner": str(round_.senior),
        "First due date": day(row.original_due_date),
        "How we will know": row.how_known,
        "Test": f"{round_.cycle}: Was she seen alone?",
    }
    assert line_of(figure, untested.ref)["Test"] == "not planned yet"
    assert not line_of(figure, draft.ref)
    assert not line_of(figure, round_.late.ref), "it is of the cycle before"


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_the_plan_promises_no_test_of_a_cycle_that_does_not_take_place(
    round_: Round, state: str
) -> None:
    row = of_this_cycle(round_, level="organisational")
    cycle = a_cycle("2031-Q4", state)
    row.impact_tests.create(cycle=cycle, question="Was she seen alone?", planned_by=round_.lead)
    line = line_of(action_plan(round_.cycle, TODAY), row.ref)
    assert line["Test"] == "not planned yet"


def test_the_plan_counts_what_is_about_one_case_and_hides_its_words(round_: Round) -> None:
    audit = audited_cases(round_.cycle, 1)[0]
    secret = a_recommendation(audit, owner=round_.senior)
    figure = action_plan(round_.cycle, TODAY)
    assert "Recommendations about one case: fewer than 5." in figure.note
    assert secret.ref not in str(figure.frozen())
    assert CASE_WORDS not in str(figure.frozen())


def test_what_another_took_the_place_of_is_named_and_not_told(round_: Round) -> None:
    old = of_this_cycle(round_, level="service")
    new = of_this_cycle(round_, level="service")
    decisions.supersede(recommendation=old, by=new, superseded_by=round_.lead)
    figure = action_plan(round_.cycle, TODAY)
    assert not line_of(figure, old.ref)
    assert f"since another took its place: {old.ref} by {new.ref}." in figure.note


def test_the_plan_asks_no_more_for_many(
    round_: Round, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    of_this_cycle(round_, level="service")
    with django_assert_max_num_queries(8) as captured:
        action_plan(round_.cycle, TODAY)
    for _ in range(10):
        of_this_cycle(round_, level="service")
    with django_assert_num_queries(len(captured)):
        action_plan(round_.cycle, TODAY)


def test_training_of_all_cycles_so_far_is_told_and_of_no_case(round_: Round) -> None:
    audit = audited_cases(round_.cycle, 1)[0]
    rows = [of_this_cycle(round_, level="service") for _ in range(2)]
    earlier = round_.late
    about_case = a_recommendation(audit, owner=round_.senior)
    wanted = [rows[0].pk, earlier.pk, about_case.pk]
    Recommendation.objects.filter(pk__in=wanted).update(action_type=ActionType.TRAINING_WORKSHOP)
    figure = training_actions(round_.cycle, TODAY)
    assert sorted(row.label for row in figure.rows) == sorted([rows[0].ref, earlier.ref])
    assert line_of(figure, earlier.ref)["Status"] == "Overdue"
    assert line_of(figure, rows[0].ref)["Status"] == "On track"
    assert [row.label for row in training_actions(round_.before, TODAY).rows] == [earlier.ref]


# --- The cycle, and its draw -----------------------------------------------------------------------------


def test_in_short_it_says_when_who_and_what_in_particular(round_: Round) -> None:
    def facts() -> dict[str, str]:
        return dict(in_short(round_.cycle, TODAY).table)

    assert facts()["Days"] == days_in_words(one.date for one in round_.cycle.days.all()) != ""
    assert facts()["Led by"] == str(round_.cycle.lead)
    assert facts()["In particular"] == "no focus"
    assert facts()["Audits of cases drawn at random"] == "24"
    assert facts()["Audits of cases drawn on purpose"] == "fewer than 5"
    assert facts()["People who audited"] == "fewer than 5"
    CycleFocus.objects.create(
        cycle=round_.cycle,
        source="research",
        source_words="A paper",
        population="Children in need",
        theme=Theme.objects.first(),
        question="Are they seen?",
    )
    round_.cycle.refresh_from_db()
    assert facts()["In particular"] == "Children in need: Are they seen?"


def test_the_draw_is_told_with_its_certificate_and_without_the_seed(round_: Round) -> None:
    assert draw_certificate(round_.before, TODAY).is_empty
    kept = {
        "algorithm": "hash-order",
        "version": 1,
        "seed": "5ecre7",
        "seed_hash": "5eed4a54",
        "frame_hash": "f4a3e4a54",
        "fingerprint": "f1n9e4",
    }
    draw = SelectionDraw.objects.get(cycle=round_.cycle)
    SelectionDraw.objects.filter(pk=draw.pk).update(certificate=kept, drawn_at=timezone.now())
    assert dict(draw_certificate(round_.cycle, TODAY).table) == {
        "Way of drawing": "hash-order, version 1",
        "Hash of the seed, fixed before the list was loaded": "5eed4a54",
        "Hash of the list of cases": "f4a3e4a54",
        "Drawn on": day(timezone.localdate()),
        "Fingerprint of the certificate": "f1n9e4",
    }


# --- Where they are shown --------------------------------------------------------------------------------


def test_the_tables_stand_in_the_page_and_in_the_csv(sign_in: Any, round_: Round) -> None:
    row = of_this_cycle(round_, level="service")
    report = written(round_)
    page = sign_in(round_.lead).get(round_.url()).content.decode()
    csv = sign_in(round_.lead).get(round_.url("csv/")).content.decode("utf-8-sig")
    assert report.figures_taken_at is not None
    for words in (row.ref, "not planned yet", round_.late.ref):
        assert words in page
        assert words in csv


# --- What families agreed to -----------------------------------------------------------------------------


def test_the_writer_of_the_strengths_finds_what_families_agreed_to(
    sign_in: Any, round_: Round
) -> None:
    audits = audited_cases(round_.cycle, 2)
    heard = a_family_feedback(audits[0], FeedbackState.INCORPORATED)
    quote = heard.quotes.create(words="She rang back the same day.", agreed_on=TODAY)
    waiting = a_family_feedback(audits[1], FeedbackState.WRITTEN_UP)
    waiting.quotes.create(words="Not in the audit yet.", agreed_on=TODAY)
    earlier = a_family_feedback(audited_cases(round_.before, 1)[0], FeedbackState.INCORPORATED)
    earlier.quotes.create(words="Said a quarter ago.", agreed_on=TODAY)
    report = written(round_)
    officer = sign_in(round_.officer)
    page = officer.get(round_.url("part/4/")).content.decode()
    assert "“She rang back the same day.” (parent or carer)" in page
    assert "Not in the audit yet." not in page
    assert "Said a quarter ago." not in page
    assert "mother" not in page
    assert "She rang back" not in officer.get(round_.url("part/5/")).content.decode()
    words = f"A mother said: “{quote.words}”"
    officer.post(round_.url("part/4/"), {"text": words, "version": 1})
    quote.withdrawn_at = timezone.now()
    quote.save()
    assert (
        "She rang back"
        not in officer.get(round_.url("part/4/"))
        .content.decode()
        .split("Words that families agreed to")[1]
    )
    page = officer.get(report.get_absolute_url()).content.decode()
    assert "a family has taken these words back: “She rang back the same day.”" in page
    assert sign_in(Role.BOARD_MEMBER).get(round_.url("part/4/")).status_code == 403
