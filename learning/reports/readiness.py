"""What stands between a report and its signature, and between a cycle and its next step (domain.md E1, A47)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from learning.events.services import events_about
from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.reports.board_models import Board
from learning.reports.models import CycleReport
from learning.reports.parts import PARTS
from learning.reports.wording import Mark, what_must_go, words_to_look_at
from learning.vocabulary.choices import RecommendationLevel

SETTLED = (
    RecommendationState.VERIFIED,
    RecommendationState.CLOSED,
    RecommendationState.NOT_ACCEPTED,
    RecommendationState.SUPERSEDED,
)
"""States in which a recommendation needs no further word."""

NAMED_ONE_BY_ONE = 6


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
    return [mark.sentence for mark in to_do_before_signing(report)]


def to_do_before_signing(report: CycleReport) -> list[Mark]:
    """What is to be done before the lead can sign, and where."""
    sentences = [
        *_wrong_time(report),
        *_stale_figures(report),
        *_missing_parts(report),
        *_missing_answers(report),
    ]
    return [*map(Mark, sentences), *what_must_go(report)]


def to_look_at_again(report: CycleReport) -> list[Mark]:
    """What the lead may sign for a reason: marked words, and drafts that the action plan leaves out."""
    return [*map(Mark, _drafts_left(report.cycle)), *words_to_look_at(report)]


def _wrong_time(report: CycleReport) -> Iterator[str]:
    if report.cycle.state != CycleState.REPORTING:
        yield "A report is signed while the cycle stands at “Reporting”."


def _stale_figures(report: CycleReport) -> Iterator[str]:
    """Figures count once families were heard, and with every recommendation that was issued."""
    taken, began = report.figures_taken_at, reporting_began(report.cycle)
    if taken is None:
        yield "Take the figures, so that the report rests on one day."
    elif began and taken < began:
        yield "Take the figures anew: they are from before reporting began."
    elif refs := _refs(report.cycle.recommendations.filter(issued_at__gt=taken)):
        yield f"Take the figures anew: since they were taken {refs} came to be issued."


def reporting_began(cycle: AuditCycle) -> datetime | None:
    """When family feedback was ended; None for a cycle that has not come so far."""
    ended = events_about(cycle).filter(action="auditcycle.finish_family_feedback")
    last = ended.order_by("-happened_at").first()
    return last.happened_at if last else None


def _drafts_left(cycle: AuditCycle) -> Iterator[str]:
    drafts = cycle.recommendations.filter(state=RecommendationState.DRAFT)
    if refs := _refs(drafts.exclude(level=RecommendationLevel.CASE)):
        yield f"Drafted and not issued, so the action plan leaves them out: {refs}."


def _refs(found: QuerySet[Recommendation]) -> str:
    return ", ".join(found.order_by("ref").values_list("ref", flat=True))


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
    again = {row.board_id for row in rows if row.asks_for_more}
    waiting = [
        f"{row.board} asked for more, and has not considered the report again."
        if row.board_id in again
        else f"{row.board} has not considered the report."
        for row in rows
        if not row.is_considered
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
