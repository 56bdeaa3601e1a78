"""The reports of closed cycles: assembled as they stood, signed, and considered by three boards.

The words are those of the quarter's published learning; the figures are made by the functions that make them
in use, on the day of the report, of what had happened by then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit_pages.starter.loader import read_toml
from learning.figures.audiences import FIGURES
from learning.figures.figure import Figure
from learning.figures.scope import scope_up_to
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.reports.board_models import Board, BoardConsideration, BoardQuestion
from learning.reports.models import CycleReport, EarlierAnswer, ReportPart
from learning.reports.parts import PARTS
from learning.reports.readiness import to_look_at_again, unsettled_before
from learning.reports.states import BoardKind, Decision, ReportState
from learning.reports.tables import TABLES
from learning.reports.wording import without_what_must_go
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import CLOSED, Pace, moment, pace_of
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

LEARNING = Path(__file__).parent.parent / "quarterly"
FIGURES_TAKEN, SIGNED = 35, 38
"""Days from the first day of the cycle."""

BOARDS = [
    (
        "Senior managers of children’s services",
        BoardKind.SENIOR_MANAGERS,
        ["bernadette.sallis", "devika.raghunathan", "alasdair.kinnear"],
        47,
    ),
    (
        "Children’s partnership board",
        BoardKind.CHILDRENS_TRUST,
        ["rosalind.uzochukwu", "graham.tillotson"],
        55,
    ),
    (
        "Safeguarding children partnership",
        BoardKind.SAFEGUARDING,
        ["winifred.achterberg", "rosalind.uzochukwu"],
        63,
    ),
]
"""Name, kind, who sits on it, and how many days after the first day it meets; in their turn."""

FROM_LEARNING = {
    1: "introduction",
    4: "what_went_well",
    5: "what_needs_to_develop",
    6: "what_families_told_us",
    7: "what_changes",
}
IN_TURN = {3: "since_last", 8: "late", 9: "urgent", 10: "training", 11: "the_audit"}
DECISIONS = 12


def make_boards(cast: Cast) -> list[Board]:
    """The bodies that consider reports, with those who sit on them."""
    boards = []
    for order, (name, kind, people, _) in enumerate(BOARDS, start=1):
        board = Board.objects.create(name=name, kind=kind, order=order)
        board.members.set(cast[person] for person in people)
        boards.append(board)
    return boards


def write_reports(cast: Cast) -> None:
    """A report for each closed cycle, which every board has considered."""
    boards, shelf = make_boards(cast), Shelf()
    for turn, cycle in enumerate(AuditCycle.objects.filter(ref__in=CLOSED).order_by("ref")):
        report = _written(cast, cycle, turn)
        _sign(cast, report)
        _consider(cast, report, boards, turn)
        _tell(shelf, cast, report, boards)
    shelf.put_down()


# --- Writing and signing -------------------------------------------------------------------------------


def _written(cast: Cast, cycle: AuditCycle, turn: int) -> CycleReport:
    """The report with all its words and figures, before it is signed."""
    lead, pace = cast[LEAD], pace_of(cycle.ref)
    day = pace.first + timedelta(days=FIGURES_TAKEN)
    report = CycleReport.objects.create(
        cycle=cycle,
        begun_by=lead,
        begun_at=pace.at("finish_family_feedback", 14),
        figures=[figure.frozen() for figure in _figures(cycle, day)],
        figures_as_of=day,
        figures_taken_at=moment(day, 10),
        figures_taken_by=lead,
    )
    texts = _texts(cycle, turn)
    ReportPart.objects.bulk_create(
        ReportPart(
            report=report,
            number=part.number,
            text=texts.get(part.number, part.start),
            version=1,
            written_by=lead,
            written_at=moment(day, 11),
        )
        for part in PARTS
    )
    _answer_earlier(report, lead, moment(day, 15))
    return report


def _texts(cycle: AuditCycle, turn: int) -> dict[int, str]:
    """What stands in each part."""
    told, usual = read_toml(LEARNING / f"{cycle.quarter.lower()}.toml"), read("report.toml")
    own = {number: told[name] for number, name in FROM_LEARNING.items()}
    own |= {number: usual[name][turn % len(usual[name])] for number, name in IN_TURN.items()}
    return own | {DECISIONS: usual["asked_of_board"][turn % 3], 13: usual["limits"]}


def _figures(cycle: AuditCycle, day: date) -> list[Figure]:
    """Every table and figure of a report, as they stood on that day."""
    with as_it_stood(day):
        scope = scope_up_to(cycle, day)
        figures = [make(cycle, day) for make in TABLES] + [entry.make(scope) for entry in FIGURES]
        return without_what_must_go(figures)


@contextmanager
def as_it_stood(day: date) -> Iterator[None]:
    """Recommendations are as far as they were on that day; afterwards everything is as it was."""
    evening = moment(day, 23)
    with transaction.atomic():
        later = Recommendation.objects.filter(
            Q(verified_at__gt=evening) | Q(confirmations__confirmed_at__gt=evening)
        )
        Recommendation.objects.filter(pk__in=list(later.values_list("pk", flat=True))).update(
            state=RecommendationState.IN_PROGRESS, verified_at=None, verified_by=None
        )
        yield
        transaction.set_rollback(True)


def _answer_earlier(report: CycleReport, lead: Any, when: datetime) -> None:
    """Where what was not settled then of earlier cycles stands."""
    words = read("report.toml")["earlier"]
    with as_it_stood(when.date()):
        open_then = list(unsettled_before(report.cycle))
    EarlierAnswer.objects.bulk_create(
        EarlierAnswer(
            report=report, recommendation=row, words=words, written_by=lead, written_at=when
        )
        for row in open_then
    )


def _sign(cast: Cast, report: CycleReport) -> None:
    """From now on the database keeps it as it is."""
    lead, signed_at = cast[LEAD], _signed_at(pace_of(report.cycle.ref))
    reason = read("report.toml")["why_words_stay"] if to_look_at_again(report) else ""
    CycleReport.objects.filter(pk=report.pk).update(
        state=ReportState.CONSIDERED,
        signed_by=lead,
        signed_name=str(lead),
        signed_at=signed_at,
        words_reason=reason,
    )


def _signed_at(pace: Pace) -> datetime:
    return moment(pace.first + timedelta(days=SIGNED), 15)


# --- Boards --------------------------------------------------------------------------------------------


def _met_on(pace: Pace, board: Board) -> date:
    return pace.first + timedelta(days=BOARDS[board.order - 1][-1])


def _consider(cast: Cast, report: CycleReport, boards: list[Board], turn: int) -> None:
    """Each board in its turn; the last asked something, and was answered before it met."""
    pace, usual = pace_of(report.cycle.ref), read("report.toml")
    for board in boards:
        day, minutes = _met_on(pace, board), usual["minutes"][board.order - 1]
        row = BoardConsideration.objects.create(
            report=report,
            board=board,
            submitted_at=pace.at("send_to_boards", 10),
            considered_on=day,
            decision=Decision.NOTED if board.order == 2 else Decision.AGREED,
            minute=minutes[turn % len(minutes)],
            recorded_by=_secretary(cast, board),
            recorded_at=moment(day, 16),
        )
    text, answer = usual["questions"][turn % len(usual["questions"])]
    BoardQuestion.objects.create(
        consideration=row,
        text=text,
        asked_by=_secretary(cast, boards[-1]),
        asked_at=moment(day - timedelta(days=5), 9),
        answer=answer,
        answered_by=cast[LEAD],
        answered_at=moment(day - timedelta(days=3), 12),
    )


def _secretary(cast: Cast, board: Board) -> Any:
    """Who writes down what the board made of it."""
    return cast[BOARDS[board.order - 1][2][0]]


def _tell(shelf: Shelf, cast: Cast, report: CycleReport, boards: list[Board]) -> None:
    """The events of the report's way."""
    lead, pace = cast[LEAD], pace_of(report.cycle.ref)
    taken = moment(pace.first + timedelta(days=FIGURES_TAKEN), 10)
    shelf.event(report.begun_at, lead, "cyclereport.begin", report)
    shelf.event(taken, lead, "cyclereport.take_figures", report)
    shelf.event(_signed_at(pace), lead, "cyclereport.sign", report)
    shelf.event(pace.at("send_to_boards", 10), lead, "cyclereport.submit", report)
    for row in report.considerations.select_related("board"):
        when = moment(_met_on(pace, row.board), 16)
        shelf.event(when, _secretary(cast, row.board), "boardconsideration.record", row)
    shelf.event(
        moment(_met_on(pace, boards[-1]), 16),
        _secretary(cast, boards[-1]),
        "cyclereport.end_consideration",
        report,
    )
