"""The words of a report, where each stands, and which of them have to go or want a second look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from learning.disclosure.finding import LocalKnowledge, find_identifiers, local_knowledge
from learning.disclosure.kinds import Kind
from learning.feedback.models import AgreedQuote
from learning.figures.figure import Cell, Figure, Row
from learning.recommendations.models import Recommendation
from learning.recommendations.states import UNVERIFIED
from learning.reports.models import CycleReport
from learning.reports.parts import part_numbered
from learning.submissions.wording import words_that_must_go

WRITTEN = {
    "action-plan": ("What should be done", "How we will know", "Test"),
    "late-and-asked": ("What should be done", "Why"),
    "training-actions": ("What should be done",),
    "impact-ledger": ("What should be done", "How we will know", "What works differently now"),
}
"""Columns of tables that hold words of a person, by the table's key. Each row is a recommendation's."""

LEFT_OUT = "Left out: these words could give somebody away. They stand where they were written."
ASKS_FOR_A_REASON = (Kind.PERSON_NAME, Kind.STAFF_NAME, Kind.AGE, Kind.SMALL_COUNT)
"""Kinds that may be right in a report and are worth a second look. Dates and places always are."""


@dataclass(frozen=True)
class Text:
    """Words that somebody wrote, where they stand in the report, and the page on which they are mended."""

    where: str
    words: str
    url: str
    mending: str = ""


@dataclass(frozen=True)
class Mark:
    """One thing about a report that has to go, or that may stay for a reason."""

    sentence: str
    url: str = ""

    def __str__(self) -> str:
        return self.sentence


# --- What was written ------------------------------------------------------------------------------------


def texts_of(report: CycleReport) -> list[Text]:
    """Everything that somebody wrote and that the report says, its tables included."""
    return [*_in_parts(report), *_in_answers(report), *_in_tables(report)]


def _in_parts(report: CycleReport) -> Iterator[Text]:
    for part in report.parts.all():
        where = f"Part {part.number}, “{part_numbered(part.number).title}”"
        yield Text(where, part.text, reverse("reports:part", args=[report.cycle.ref, part.number]))


def _in_answers(report: CycleReport) -> Iterator[Text]:
    for answer in report.answers.select_related("recommendation"):
        ref = answer.recommendation.ref
        url = reverse("reports:answer_earlier", args=[report.cycle.ref, ref])
        yield Text(f"The answer on {ref}", answer.words, url)


def _in_tables(report: CycleReport) -> Iterator[Text]:
    """Words of recommendations as the figures have them: mended there, and the figures taken anew."""
    for figure in report.frozen_figures:
        places = _written_places(figure)
        for row in figure.rows:
            for place in places:
                yield Text(
                    where=f"{figure.title}, {row.label}, “{figure.columns[place + 1]}”",
                    words=row.cells[place].words,
                    url=reverse("recommendations:show", args=[row.label]),
                    mending=" Mend it at the recommendation, and take the figures anew.",
                )


def _written_places(figure: Figure) -> list[int]:
    """Which cells of its rows hold words of a person; figures of before may lack a column."""
    wanted = WRITTEN.get(figure.key, ())
    return [place for place, name in enumerate(figure.columns[1:]) if name in wanted]


# --- What has to go, and what to look at again ---------------------------------------------------------------


def what_must_go(report: CycleReport) -> list[Mark]:
    """Grades, what identifies somebody beyond doubt, and words that a family has taken back."""
    known, texts = local_knowledge(), texts_of(report)
    return [
        Mark(f"{text.where}: {sentence}{text.mending}", text.url)
        for text in texts
        for sentence in words_that_must_go(text.words, known)
    ] + _taken_back(report, texts)


def _taken_back(report: CycleReport, texts: list[Text]) -> list[Mark]:
    """Where words stand that somebody of a family agreed to and has taken back since."""
    cycle = report.cycle
    quotes = AgreedQuote.objects.filter(feedback__submission__case__cycle=cycle).exclude(
        withdrawn_at=None
    )
    gone = [quote.words.strip() for quote in quotes]
    return [
        Mark(f"{text.where}: a family has taken these words back: “{words}”.", text.url)
        for text in texts
        for words in gone
        if words and words in text.words
    ]


def words_to_look_at(report: CycleReport) -> list[Mark]:
    """What may stay when the lead says why."""
    known = local_knowledge()
    return [
        Mark(
            f"{text.where}: “{text.words[span.start : span.end]}” may be: {span.label_inside}. {span.advice}",
            text.url,
        )
        for text in texts_of(report)
        for span in find_identifiers(text.words, known)
        if span.kind in ASKS_FOR_A_REASON
    ]


# --- What nobody can mend any more --------------------------------------------------------------------------


def without_what_must_go(figures: list[Figure]) -> list[Figure]:
    """The tables without words that must go and that nobody can mend: only while a recommendation is open can
    another take its place."""
    known = local_knowledge()
    refs = {row.label for figure in figures if figure.key in WRITTEN for row in figure.rows}
    settled = Recommendation.objects.filter(ref__in=refs).exclude(state__in=UNVERIFIED)
    fixed = frozenset(settled.values_list("ref", flat=True))
    return [_clean(figure, fixed, known) for figure in figures]


def _clean(figure: Figure, fixed: frozenset[str], known: LocalKnowledge) -> Figure:
    places = _written_places(figure)
    rows = tuple(
        _clean_row(row, places, known) if places and row.label in fixed else row
        for row in figure.rows
    )
    return replace(figure, rows=rows)


def _clean_row(row: Row, places: list[int], known: LocalKnowledge) -> Row:
    cells = tuple(
        Cell(LEFT_OUT) if place in places and any(words_that_must_go(cell.words, known)) else cell
        for place, cell in enumerate(row.cells)
    )
    return Row(row.label, cells)
