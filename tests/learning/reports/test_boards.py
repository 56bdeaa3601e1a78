"""A board that asks for more, what comes out of a decision, and who hears of what by mail."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from learning.models import BoardConsideration, DecidedRecommendation
from learning.people.roles import Role
from learning.programme.gates import missing_for
from learning.recommendations import drafting
from learning.recommendations.models import Recommendation
from learning.reports import considering
from learning.reports.readiness import considerations_missing
from learning.reports.refusals import ReportNotPossible
from learning.reports.states import Decision, ReportState
from tests.learning.audit import a_person
from tests.learning.recommendations.test_words import asks_once
from tests.learning.reports.conftest import TODAY, Round, with_boards

pytestmark = pytest.mark.django_db
MORE = Decision.MORE_ASKED


def waiting(round_: Round, order: int) -> BoardConsideration:
    return round_.report.considerations.get(board__order=order, considered_on=None)


def made(round_: Round, who: Any, order: int, decision: str = Decision.AGREED) -> None:
    considering.record_consideration(
        consideration=waiting(round_, order),
        recorded_by=who,
        considered_on=TODAY,
        decision=Decision(decision),
        minute="Write one rule for handing over.",
    )


# --- More is asked for -----------------------------------------------------------------------------------


def test_a_board_that_asks_for_more_considers_it_once_more(sign_in: Any, round_: Round) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1, MORE)
    assert considerations_missing(round_.cycle) == [
        "Board 1 asked for more, and has not considered the report again.",
        "Board 2 has not considered the report.",
    ]
    with pytest.raises(ReportNotPossible, match="Board 1 considers the report first"):
        made(round_, round_.chair, 2)
    page = sign_in(round_.senior).get(round_.url()).content.decode()
    assert "Considered, and more is asked for" in page
    assert page.count("Record what the board decided") == 1
    assert "lies before Board 1" in sign_in(round_.senior).get("/my/my-work/").content.decode()
    made(round_, round_.senior, 1)
    made(round_, round_.chair, 2)
    assert round_.report.state == ReportState.CONSIDERED
    assert considerations_missing(round_.cycle) == []
    told = round_.report.considerations.filter(board__order=1).values_list("decision", flat=True)
    assert list(told) == [MORE, Decision.AGREED]


def test_when_every_board_asks_for_more_nothing_is_considered(sign_in: Any, round_: Round) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1, MORE)
    made(round_, round_.senior, 1, MORE)
    assert round_.report.state == ReportState.WITH_BOARDS
    assert missing_for(round_.cycle, "publish_learning")
    manager = sign_in(Role.LINE_MANAGER)
    assert manager.get(round_.url("summary/")).status_code == 404, "no board is done with it"
    made(round_, round_.senior, 1)
    assert manager.get(round_.url("summary/")).status_code == 200
    made(round_, round_.chair, 2, MORE)
    assert round_.report.state == ReportState.WITH_BOARDS


def test_no_board_settles_a_report_twice(round_: Round) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1)
    row = round_.report.considerations.get(board__order=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        BoardConsideration.objects.create(report=row.report, board=row.board)


# --- Out of a decision -----------------------------------------------------------------------------------


def draft_words(round_: Round, **more: Any) -> dict[str, Any]:
    due = timezone.localdate().replace(year=TODAY.year + 1)
    parts = {f"due_date_{part}": getattr(due, part) for part in ("day", "month", "year")}
    return {
        "level": "organisational",
        "action_type": "policy_procedure",
        "action": "Write one rule for handing over.",
        "why": "So that no child tells it twice.",
        "how_known": "The next audit asks.",
        "owner": round_.senior.pk,
        **parts,
        **more,
    }


def test_a_lead_opens_a_recommendation_and_it_is_told_at_both_ends(
    sign_in: Any, round_: Round
) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1)
    row = round_.report.considerations.get(board__order=1)
    address = f"/audits/boards/considerations/{row.pk}/recommend/"
    lead = sign_in(round_.lead)
    assert address in lead.get(round_.url()).content.decode()
    page = lead.get(address).content.decode()
    assert ">\nWrite one rule for handing over.</textarea>" in page
    assert 'value="organisational" selected' in page
    assert lead.post(address, draft_words(round_)).status_code == 302
    drafted = Recommendation.objects.get(cycle=round_.cycle)
    assert (drafted.state, drafted.drafted_by) == ("draft", round_.lead)
    there = lead.get(round_.url()).content.decode()
    assert f'href="{drafted.get_absolute_url()}">{drafted.ref}' in there
    here = lead.get(drafted.get_absolute_url()).content.decode()
    day = f"{TODAY:%-d %B %Y}"
    assert f"what Board 1 decided on the report of {round_.cycle}, {day}" in here


def test_marked_words_are_looked_at_once_and_then_kept(sign_in: Any, round_: Round) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1)
    row = round_.report.considerations.get(board__order=1)
    address = f"/audits/boards/considerations/{row.pk}/recommend/"
    asks_once(sign_in(round_.lead), address, draft_words(round_), "why")
    assert Recommendation.objects.filter(cycle=round_.cycle).count() == 1


def test_nobody_else_opens_one_and_none_before_the_decision(sign_in: Any, round_: Round) -> None:
    with_boards(round_)
    row = waiting(round_, 1)
    address = f"/audits/boards/considerations/{row.pk}/recommend/"
    sign_in(round_.lead).post(address, draft_words(round_))
    with pytest.raises(ReportNotPossible, match="decided nothing yet"):
        considering.open_recommendation(consideration=row, opened_by=round_.lead)
    made(round_, round_.senior, 1)
    for who in (round_.officer, round_.senior, round_.chair, Role.EDITOR):
        assert sign_in(who).post(address, draft_words(round_)).status_code == 403
    with pytest.raises(PermissionDenied):
        considering.open_recommendation(consideration=row, opened_by=round_.officer)
    about_case = sign_in(round_.lead).post(address, draft_words(round_, level="case"))
    assert about_case.status_code == 422
    assert not DecidedRecommendation.objects.exists()


def test_the_link_goes_with_a_discarded_draft_and_stays_with_what_was_issued(
    round_: Round,
) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1)
    row = round_.report.considerations.get(board__order=1)
    words = {
        "level": "organisational",
        "action": "Write it.",
        "why": "x",
        "how_known": "y",
        "owner": round_.senior,
        "due_date": TODAY.replace(year=TODAY.year + 1),
    }
    first, second = (
        considering.open_recommendation(consideration=row, opened_by=round_.lead, **words)
        for _ in range(2)
    )
    drafting.discard_draft(recommendation=first, discarded_by=round_.lead)
    assert DecidedRecommendation.objects.get().recommendation == second
    drafting.issue_recommendation(
        recommendation=second, owner=round_.senior, due_date=words["due_date"],
        issued_by=round_.lead,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        DecidedRecommendation.objects.all().delete()


def test_many_decisions_and_recommendations_ask_no_more(
    sign_in: Any, round_: Round, django_assert_max_num_queries: Any
) -> None:
    with_boards(round_)
    made(round_, round_.senior, 1)
    row = round_.report.considerations.get(board__order=1)
    lead, address = sign_in(round_.lead), f"/audits/boards/considerations/{row.pk}/recommend/"
    lead.post(address, draft_words(round_))
    lead.get(round_.url())
    with django_assert_max_num_queries(40) as captured:
        lead.get(round_.url())
    first = len(captured)
    for _ in range(5):
        lead.post(address, draft_words(round_))
    lead.get(round_.url())
    with django_assert_max_num_queries(first):
        lead.get(round_.url())


# --- Mail ------------------------------------------------------------------------------------------------


@pytest.fixture
def sending(django_capture_on_commit_callbacks: Any, mailoutbox: Any) -> Any:
    """`sending(step)`: whom the step mails, and under what subject; each mail has a link and no word more."""

    def _sending(step: Any) -> set[tuple[str, str]]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        for message in mailoutbox:
            assert "/audits/reports/2031-Q1/#boards" in message.body
            assert "handing over" not in message.subject + message.body
        return {(message.to[0], message.subject) for message in mailoutbox}

    return _sending


def test_each_board_hears_when_its_turn_has_come(round_: Round, sending: Any) -> None:
    gone = a_person("Gone", is_active=False)
    round_board = round_.senior.boards.get()
    round_board.members.add(gone)
    assert sending(lambda: with_boards(round_)) == {
        (round_.senior.email, "2031-Q1: a report lies before Board 1")
    }
    assert sending(lambda: made(round_, round_.senior, 1)) == {
        (round_.chair.email, "2031-Q1: a report lies before Board 2")
    }
    assert sending(lambda: made(round_, round_.chair, 2)) == set()


def test_who_leads_hears_that_more_is_asked(round_: Round, sending: Any) -> None:
    with_boards(round_)
    assert sending(lambda: made(round_, round_.senior, 1, MORE)) == {
        (person.email, "2031-Q1: Board 1 asks for more") for person in round_.cycle.leads
    }


def test_a_question_goes_to_who_leads_and_its_answer_to_who_asked(
    round_: Round, sending: Any
) -> None:
    with_boards(round_)
    asked: list[Any] = []

    def ask() -> None:
        row = waiting(round_, 1)
        text = "Who is handing over?"
        asked.append(considering.ask_question(consideration=row, text=text, asked_by=round_.senior))

    def answer() -> None:
        words = "Handing over is the manager's."
        considering.answer_question(question=asked[0], answer=words, answered_by=round_.lead)

    assert sending(ask) == {
        (person.email, "2031-Q1: Board 1 asks something") for person in round_.cycle.leads
    }
    assert sending(answer) == {(round_.senior.email, "2031-Q1: your question is answered")}
