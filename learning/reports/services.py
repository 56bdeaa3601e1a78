"""Writing a report, freezing its figures, signing it, and what boards make of it (domain.md A46–A52, E6)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.figures.audiences import FIGURES
from learning.figures.scope import SIGNED_OFF, scope_up_to
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.recommendations.models import Recommendation
from learning.reports.models import (
    Board,
    BoardConsideration,
    BoardQuestion,
    CycleReport,
    EarlierAnswer,
    ReportPart,
)
from learning.reports.parts import PARTS
from learning.reports.permissions import user_sits_on
from learning.reports.readiness import missing_for_signature, unsettled_before, words_to_look_at
from learning.reports.states import Decision
from learning.reports.tables import TABLES
from learning.spot_checks.services import note_counted


class ReportNotPossible(Refusal):
    """The step was not taken; the message is a sentence for the person who tried."""


class ReportNotReady(ReportNotPossible):
    """The report cannot be signed yet; `missing` says what is to be done, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class PartHasChanged(ReportNotPossible):
    """Somebody else has saved the part meanwhile; `part` is as they left it."""

    def __init__(self, part: ReportPart) -> None:
        super().__init__(
            f"{part.written_by} has saved this part meanwhile. Their text stands below yours: bring both "
            "together and save again."
        )
        self.part = part


# --- Writing -------------------------------------------------------------------------------------------


@transaction.atomic
def begin_report(*, cycle: AuditCycle, begun_by: Any) -> CycleReport:
    """The cycle's report, with the words that its parts start with; the one that there is, if there is."""
    refuse_unless_holds(begun_by, Right.WRITE_REPORT)
    if cycle.state not in SIGNED_OFF:
        raise ReportNotPossible("The report begins when every analysis of the cycle is signed off.")
    report, is_new = CycleReport.objects.get_or_create(cycle=cycle, defaults={"begun_by": begun_by})
    if is_new:
        ReportPart.objects.bulk_create(
            ReportPart(report=report, number=part.number, text=part.start, written_by=begun_by)
            for part in PARTS
        )
        record_event(actor=begun_by, action="cyclereport.begin", about=report)
    return report


@transaction.atomic
def write_part(
    *, report: CycleReport, number: int, text: str, version: int, written_by: Any
) -> ReportPart:
    """The part with this text. `version` is the one that the writer began from."""
    _still_written(report, written_by)
    part = ReportPart.objects.select_for_update().get(report=report, number=number)
    if part.version != version:
        raise PartHasChanged(part)
    part.text, part.version = text, part.version + 1
    part.written_by, part.written_at = written_by, timezone.now()
    part.save()
    record_event(actor=written_by, action="reportpart.write", about=part)
    return part


@transaction.atomic
def take_figures(*, report: CycleReport, taken_by: Any) -> CycleReport:
    """The report with every figure as it stands today, kept as it is; those of before are gone."""
    fresh = _still_written(report, taken_by)
    today = timezone.localdate()
    scope = scope_up_to(fresh.cycle, today)
    figures = [table(fresh.cycle, today) for table in TABLES]
    figures += [entry.make(scope) for entry in FIGURES]
    fresh.figures = [figure.frozen() for figure in figures]
    fresh.figures_as_of, fresh.figures_taken_by = today, taken_by
    fresh.save()
    note_counted(cycle=fresh.cycle)
    record_event(actor=taken_by, action="cyclereport.take_figures", about=fresh)
    return fresh


@transaction.atomic
def answer_earlier(
    *, report: CycleReport, recommendation: Recommendation, words: str, written_by: Any
) -> EarlierAnswer:
    """What the report says of an earlier recommendation that is not settled."""
    fresh = _still_written(report, written_by)
    if not unsettled_before(fresh.cycle).filter(pk=recommendation.pk).exists():
        raise ReportNotPossible(f"{recommendation} is settled, or is not of an earlier cycle.")
    answer, _ = EarlierAnswer.objects.update_or_create(
        report=fresh,
        recommendation=recommendation,
        defaults={"words": words, "written_by": written_by, "written_at": timezone.now()},
    )
    record_event(actor=written_by, action="earlieranswer.write", about=answer)
    return answer


def _still_written(report: CycleReport, person: Any) -> CycleReport:
    """The report, locked, while it may be written."""
    refuse_unless_holds(person, Right.WRITE_REPORT)
    fresh = CycleReport.objects.select_for_update().get(pk=report.pk)
    if fresh.is_signed:
        raise ReportNotPossible("The report is signed and does not change any more.")
    return fresh


# --- Signing -------------------------------------------------------------------------------------------


@transaction.atomic
def sign_report(
    *, report: CycleReport, signed_by: Any, full_name: str, reason: str = ""
) -> CycleReport:
    """The report, signed by the lead or deputy of its cycle. From now on the database keeps it as it is."""
    refuse_unless_holds(signed_by, Right.SIGN_REPORT)
    fresh = CycleReport.objects.select_for_update().get(pk=report.pk)
    if not fresh.cycle.is_led_by(signed_by):
        raise PermissionDenied("The lead or deputy of this very cycle signs.")
    if fresh.is_signed:
        raise StepNotPossible("The report is signed already.")
    missing = missing_for_signature(fresh)
    if not reason.strip() and (marked := words_to_look_at(fresh)):
        missing += [*marked, "Take these words out, or say why they stay."]
    if missing:
        raise ReportNotReady(missing)
    arguments = {"signed_by": signed_by, "name": full_name, "words_reason": reason.strip()}
    return take_step(fresh, "sign", actor=signed_by, **arguments)


@transaction.atomic
def submit_report(*, report: CycleReport, submitted_by: Any | None) -> CycleReport:
    """The report, before every active board. Called when the cycle goes to its boards."""
    submitted = take_step(report, "submit", actor=submitted_by)
    BoardConsideration.objects.bulk_create(
        BoardConsideration(report=submitted, board=board)
        for board in Board.objects.filter(is_active=True)
    )
    return submitted


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
    """What the board made of the report, as somebody who sits on it wrote it down; it never changes."""
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
    _end_if_last(fresh, recorded_by)
    return fresh


def _own_row(consideration: BoardConsideration, person: Any) -> BoardConsideration:
    """The row, with its report locked, for somebody who sits on its board."""
    refuse_unless_holds(person, Right.CONSIDER_REPORT)
    if not user_sits_on(person, consideration.board):
        raise PermissionDenied("Only somebody who sits on this board does this.")
    CycleReport.objects.select_for_update().get(pk=consideration.report_id)
    return BoardConsideration.objects.select_related("board", "report").get(pk=consideration.pk)


def _still_before(consideration: BoardConsideration) -> BoardConsideration | None:
    """A board whose turn comes earlier and that has not considered the report."""
    rows = consideration.report.considerations.select_related("board")
    return rows.filter(board__order__lt=consideration.board.order, considered_on=None).first()


def _end_if_last(consideration: BoardConsideration, person: Any) -> None:
    report = consideration.report
    if not report.considerations.filter(considered_on=None).exists():
        take_step(report, "end_consideration", actor=person)


@transaction.atomic
def ask_question(*, consideration: BoardConsideration, text: str, asked_by: Any) -> BoardQuestion:
    """The question, for the lead to answer."""
    fresh = _own_row(consideration, asked_by)
    question = BoardQuestion.objects.create(consideration=fresh, text=text, asked_by=asked_by)
    record_event(actor=asked_by, action="boardquestion.ask", about=question)
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
    return fresh


def record_download(*, report: CycleReport, person: Any) -> None:
    """That somebody took the report as a file."""
    record_access(user=person, action=AccessEvent.Action.EXPORTED, about=report)
