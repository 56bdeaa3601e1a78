"""A report before its boards: what each made of it, what it asked, and what came of its decision
(domain.md A48–A52, E6)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme.services import refuse_unless_holds
from learning.recommendations.drafting import draft_recommendation
from learning.recommendations.models import Recommendation
from learning.reports.board_models import (
    Board,
    BoardConsideration,
    BoardQuestion,
    DecidedRecommendation,
)
from learning.reports.mails import (
    tell_asker,
    tell_board,
    tell_leads_of_question,
    tell_leads_that_more_is_asked,
)
from learning.reports.models import CycleReport
from learning.reports.permissions import user_sits_on
from learning.reports.refusals import ReportNotPossible
from learning.reports.states import SETTLING, Decision


@transaction.atomic
def submit_report(*, report: CycleReport, submitted_by: Any | None) -> CycleReport:
    """The report, before every active board. Called when the cycle goes to its boards."""
    submitted = take_step(report, "submit", actor=submitted_by)
    BoardConsideration.objects.bulk_create(
        BoardConsideration(report=submitted, board=board)
        for board in Board.objects.filter(is_active=True)
    )
    _tell_those_in_turn(_waiting(submitted))
    return submitted


def _waiting(report: CycleReport) -> list[BoardConsideration]:
    """The rows of boards that have yet to consider the report, the first to come first."""
    rows = report.considerations.filter(considered_on=None)
    return list(rows.select_related("board", "report__cycle").order_by("board__order"))


def _tell_those_in_turn(waiting: list[BoardConsideration]) -> None:
    for row in waiting:
        if row.board.order == waiting[0].board.order:
            tell_board(row)


# --- Boards --------------------------------------------------------------------------------------------


@transaction.atomic
def keep_board(*, form: Any, kept_by: Any) -> Board:
    """The board as the form has it: its name, its turn, who sits on it."""
    refuse_unless_holds(kept_by, Right.KEEP_BOARDS)
    board: Board = form.save()
    record_event(actor=kept_by, action="board.keep", about=board)
    return board


@transaction.atomic
def record_consideration(
    *,
    consideration: BoardConsideration,
    considered_on: date,
    decision: Decision,
    minute: str,
    recorded_by: Any,
) -> BoardConsideration:
    """What the board made of the report, as somebody who sits on it wrote it down; it never changes. Where it
    asks for more, the report lies before it once more."""
    fresh = _own_row(consideration, recorded_by)
    if fresh.is_considered:
        raise ReportNotPossible(f"{fresh.board} has considered this report already.")
    if considered_on > timezone.localdate():
        raise ReportNotPossible("The day lies ahead: record it when the board has met.")
    if considered_on < timezone.localdate(fresh.submitted_at):
        raise ReportNotPossible("The report was not before the board on that day.")
    if earlier := _still_before(fresh):
        raise ReportNotPossible(f"{earlier.board} considers the report first.")
    fresh.considered_on, fresh.decision, fresh.minute = considered_on, decision, minute
    fresh.recorded_by, fresh.recorded_at = recorded_by, timezone.now()
    fresh.save()
    record_event(actor=recorded_by, action="boardconsideration.record", about=fresh)
    if decision in SETTLING:
        _pass_on(fresh, recorded_by)
    else:
        BoardConsideration.objects.create(report=fresh.report, board=fresh.board)
        tell_leads_that_more_is_asked(fresh)
    return fresh


def _own_row(consideration: BoardConsideration, person: Any) -> BoardConsideration:
    """The row, with its report locked, for somebody who sits on its board."""
    refuse_unless_holds(person, Right.CONSIDER_REPORT)
    if not user_sits_on(person, consideration.board):
        raise PermissionDenied("Only somebody who sits on this board does this.")
    CycleReport.objects.select_for_update().get(pk=consideration.report_id)
    rows = BoardConsideration.objects.select_related("board", "report__cycle")
    return rows.get(pk=consideration.pk)


def _still_before(consideration: BoardConsideration) -> BoardConsideration | None:
    """A board whose turn comes earlier and that has not considered the report."""
    rows = consideration.report.considerations.select_related("board")
    return rows.filter(board__order__lt=consideration.board.order, considered_on=None).first()


def _pass_on(consideration: BoardConsideration, person: Any) -> None:
    """The boards whose turn comes now are told; after the last the report is considered."""
    waiting = _waiting(consideration.report)
    if not waiting:
        take_step(consideration.report, "end_consideration", actor=person)
    elif waiting[0].board.order > consideration.board.order:
        _tell_those_in_turn(waiting)


@transaction.atomic
def ask_question(*, consideration: BoardConsideration, text: str, asked_by: Any) -> BoardQuestion:
    """The question, for the lead to answer."""
    fresh = _own_row(consideration, asked_by)
    question = BoardQuestion.objects.create(consideration=fresh, text=text, asked_by=asked_by)
    record_event(actor=asked_by, action="boardquestion.ask", about=question)
    tell_leads_of_question(question)
    return question


@transaction.atomic
def answer_question(*, question: BoardQuestion, answer: str, answered_by: Any) -> BoardQuestion:
    """The question with its answer, which never changes."""
    refuse_unless_holds(answered_by, Right.SIGN_REPORT)
    fresh = BoardQuestion.objects.select_for_update().get(pk=question.pk)
    if fresh.answered_at is not None:
        raise ReportNotPossible("This question has been answered.")
    fresh.answer, fresh.answered_by, fresh.answered_at = answer, answered_by, timezone.now()
    fresh.save()
    record_event(actor=answered_by, action="boardquestion.answer", about=fresh)
    tell_asker(fresh)
    return fresh


# --- What comes of a decision ----------------------------------------------------------------------------


@transaction.atomic
def open_recommendation(
    *, consideration: BoardConsideration, opened_by: Any, **words: Any
) -> Recommendation:
    """The draft that came out of what the board decided. `words` are those of a draft, and its themes."""
    refuse_unless_holds(opened_by, Right.ADD_TO_REPORT)
    if not consideration.is_considered:
        raise ReportNotPossible(f"{consideration.board} has decided nothing yet.")
    cycle = consideration.report.cycle
    drafted = draft_recommendation(drafted_by=opened_by, cycle=cycle, **words)
    DecidedRecommendation.objects.create(
        consideration=consideration, recommendation=drafted, opened_by=opened_by
    )
    record_event(actor=opened_by, action="boardconsideration.recommend", about=consideration)
    return drafted
