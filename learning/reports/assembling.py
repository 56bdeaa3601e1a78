"""A report as it is read: its parts with their words and figures, the same for every format."""

from dataclasses import dataclass, field

from learning.events.emptying_rules import GONE
from learning.figures.figure import Figure
from learning.recommendations.models import Recommendation
from learning.reports.board_models import BoardConsideration
from learning.reports.models import CycleReport, EarlierAnswer, ReportAddendum, ReportPart
from learning.reports.parts import PARTS, Part
from learning.reports.readiness import unsettled_before

PART_OF_EARLIER = 3


@dataclass(frozen=True)
class ReadPart:
    """One part of the report, ready to be shown."""

    part: Part
    written: ReportPart | None
    figures: list[Figure] = field(default_factory=list)
    answers: list[EarlierAnswer] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.written.text.strip() if self.written else ""

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def heading(self) -> str:
        return f"{self.part.number}. {self.part.title}"


@dataclass(frozen=True)
class ReadReport:
    report: CycleReport
    parts: list[ReadPart]
    considerations: list[BoardConsideration]
    addenda: list[ReportAddendum]

    @property
    def title(self) -> str:
        return f"Audit of practice {self.report.cycle}: report"

    @property
    def is_disposed(self) -> bool:
        """Whether its words went when their time was over."""
        return any(part.text == GONE for part in self.parts)

    @property
    def figures(self) -> list[Figure]:
        """Every figure, in the order of the parts."""
        return [figure for part in self.parts for figure in part.figures]


def read_report(report: CycleReport) -> ReadReport:
    """The whole report; a constant number of queries."""
    figures = {figure.key: figure for figure in report.frozen_figures}
    written = {part.number: part for part in report.parts.select_related("written_by")}
    answers = list(report.answers.select_related("recommendation"))
    parts = [
        ReadPart(
            part,
            written.get(part.number),
            [figures[key] for key in part.figures if key in figures],
            answers if part.number == PART_OF_EARLIER else [],
        )
        for part in PARTS
    ]
    boards = report.considerations.select_related("board").prefetch_related(
        "questions", "opened__recommendation"
    )
    addenda = report.addenda.select_related("written_by")
    return ReadReport(report, parts, list(boards), list(addenda))


def summary_parts(report: CycleReport) -> list[ReadPart]:
    """What goes beyond the boards: the parts that are fit for all, with figures for everybody."""
    return [
        ReadPart(read.part, read.written, [f for f in read.figures if f.key in FOR_ALL])
        for read in read_report(report).parts
        if read.part.is_in_summary
    ]


FOR_ALL = (
    "in-short",
    "strengths-over-time",
    "development-over-time",
    "family-voice",
    "action-plan",
)
"""Figures that everybody may see, by key."""


@dataclass(frozen=True)
class Earlier:
    """An earlier recommendation that is not settled, with what the report says of it."""

    recommendation: Recommendation
    answer: EarlierAnswer | None


def earlier_with_answers(report: CycleReport) -> list[Earlier]:
    """Those of which the report has to say where they stand."""
    answers = {answer.recommendation_id: answer for answer in report.answers.all()}
    found = unsettled_before(report.cycle).select_related("cycle", "owner")
    return [Earlier(row, answers.get(row.pk)) for row in found]
