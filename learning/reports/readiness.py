"""What stands between a report and its signature, and between a cycle and its next step (domain.md E1, A47)."""

from collections.abc import Iterator

from django.db.models import QuerySet

from learning.disclosure.finding import find_identifiers, local_knowledge
from learning.disclosure.kinds import Kind, Span
from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.reports.models import Board, CycleReport
from learning.reports.parts import PARTS, part_numbered
from learning.submissions.wording import words_that_must_go

SETTLED = (
    RecommendationState.VERIFIED,
    RecommendationState.CLOSED,
    RecommendationState.NOT_ACCEPTED,
    RecommendationState.SUPERSEDED,
)
"""States in which a recommendation needs no further word."""

NAMED_ONE_BY_ONE = 6
ASKS_FOR_A_REASON = (Kind.PERSON_NAME, Kind.STAFF_NAME, Kind.AGE, Kind.SMALL_COUNT)
"""Kinds that may be right in a report and are worth a second look. Dates and places always are."""


def unsettled_before(cycle: AuditCycle) -> QuerySet[Recommendation]:
    """Recommendations of earlier cycles of which the report has to say where they stand."""
    found = Recommendation.objects.filter(cycle__ref__lt=cycle.ref)
    return found.exclude(state__in=(RecommendationState.DRAFT, *SETTLED)).order_by("ref")


def unanswered_before(report: CycleReport) -> QuerySet[Recommendation]:
    """Those among them of which this report says nothing yet."""
    answered = report.answers.values("recommendation")
    return unsettled_before(report.cycle).exclude(pk__in=answered)


def missing_for_signature(report: CycleReport) -> list[str]:
    """What is to be done before the lead can sign, a sentence each."""
    return [
        *_wrong_time(report),
        *_missing_parts(report),
        *_missing_answers(report),
        *[f"{where}: {words}" for where, words in _words_that_must_go(report)],
    ]


def _wrong_time(report: CycleReport) -> Iterator[str]:
    if report.cycle.state != CycleState.REPORTING:
        yield "A report is signed while the cycle stands at “Reporting”."
    if not report.has_figures:
        yield "Take the figures, so that the report rests on one day."


def _missing_parts(report: CycleReport) -> Iterator[str]:
    written = {part.number for part in report.parts.all() if part.text.strip()}
    for part in PARTS:
        if part.is_required and part.number not in written:
            yield f"Write part {part.number}, “{part.title}”."


def _missing_answers(report: CycleReport) -> Iterator[str]:
    refs = list(unanswered_before(report).values_list("ref", flat=True))
    if len(refs) > NAMED_ONE_BY_ONE:
        yield f"Say where {len(refs)} earlier recommendations stand."
    elif refs:
        yield f"Say where these earlier recommendations stand: {', '.join(refs)}."


def texts_of(report: CycleReport) -> list[tuple[str, str]]:
    """Everything that somebody wrote into the report, and where."""
    parts = [
        (f"Part {part.number}, “{part_numbered(part.number).title}”", part.text)
        for part in report.parts.all()
    ]
    answers = report.answers.select_related("recommendation")
    return parts + [(f"The answer on {answer.recommendation}", answer.words) for answer in answers]


def _words_that_must_go(report: CycleReport) -> Iterator[tuple[str, str]]:
    """Grades, and what identifies somebody beyond doubt."""
    known = local_knowledge()
    for where, text in texts_of(report):
        for sentence in words_that_must_go(text, known):
            yield where, sentence


def words_to_look_at(report: CycleReport) -> list[str]:
    """What may stay when the lead says why, a sentence each."""
    known = local_knowledge()
    return [
        f"{where}: {_quoted(text, span)}"
        for where, text in texts_of(report)
        for span in find_identifiers(text, known)
        if span.kind in ASKS_FOR_A_REASON
    ]


def _quoted(text: str, span: Span) -> str:
    return f"“{text[span.start : span.end]}” may be: {span.label.lower()}. {span.advice}"


# --- What the cycle asks of the report -----------------------------------------------------------------


def report_missing(cycle: AuditCycle) -> list[str]:
    """Gate of `send_to_boards`: a signed report, and boards to send it to."""
    report = CycleReport.objects.filter(cycle=cycle).first()
    if report is None:
        return ["The report has not been begun.", *_boards_missing()]
    if not report.is_signed:
        return [
            *missing_for_signature(report),
            "The lead has not signed the report.",
            *_boards_missing(),
        ]
    return _boards_missing()


def _boards_missing() -> list[str]:
    boards = list(Board.objects.filter(is_active=True).prefetch_related("members"))
    if not boards:
        return ["There is no board that could consider it: name the boards first."]
    return [f"Nobody sits on {board} yet." for board in boards if not board.members.all()]


def considerations_missing(cycle: AuditCycle) -> list[str]:
    """Gate of `publish_learning`: every board has considered the report, and has its answers."""
    report = CycleReport.objects.filter(cycle=cycle).first()
    if report is None:
        return ["There is no report."]
    rows = report.considerations.select_related("board").prefetch_related("questions")
    waiting = [
        f"{row.board} has not considered the report." for row in rows if not row.is_considered
    ]
    asked = [
        f"{row.board} waits for an answer."
        for row in rows
        if any(question.answered_at is None for question in row.questions.all())
    ]
    return waiting + asked if rows else ["The report has not been before any board."]


def connect() -> None:
    """Called once when the app is ready."""
    gates.hold("send_to_boards", report_missing)
    gates.hold("publish_learning", considerations_missing)
