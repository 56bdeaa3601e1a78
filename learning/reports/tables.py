"""Tables that only a report has: the cycle in short, the draw, the action plan, what is late (domain.md G2)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.figures.figure import Cell, Figure, Row, few_or_count
from learning.figures.scope import at_random, on_purpose
from learning.impact.states import SET_ASIDE
from learning.process_review.selectors import facts_of
from learning.programme.models import AuditCycle
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.models import Recommendation
from learning.recommendations.states import (
    OPEN,
    ActionType,
    DerivedStatus,
    RecommendationState,
    Rung,
)
from learning.recommendations.status_days import status_days
from learning.reports.spot_tables import (
    facts_table,
    spot_check_development,
    spot_check_strengths,
    spot_checks,
)
from learning.selection.models import SelectionDraw
from learning.vocabulary.choices import RecommendationLevel

ABOUT_ONE_CASE = "About one case: its words stand on its own page"


def in_short(cycle: AuditCycle, on: date) -> Figure:
    """Days, lead, focus, and how many cases and people."""
    focus = getattr(cycle, "focus", None)
    facts = {
        "Days": Cell(cycle.days_in_words or "not recorded"),
        "Led by": Cell(str(cycle.lead)),
        "In particular": Cell(f"{focus.population}: {focus.question}" if focus else "no focus"),
        "Audits of cases drawn at random": few_or_count(at_random([cycle]).count()),
        "Audits of cases drawn on purpose": few_or_count(on_purpose([cycle]).count()),
        "People who audited": few_or_count(cycle.team.count()),
    }
    return facts_table("in-short", "The cycle in short", "When, who, and how many.", on, facts)


def draw_certificate(cycle: AuditCycle, on: date) -> Figure:
    """What anybody needs to be sure that nobody picked a case by hand."""
    draw = SelectionDraw.objects.filter(cycle=cycle).first()
    certificate = (draw.certificate if draw else None) or {}
    asked = {
        "Way of drawing": f"{certificate.get('algorithm')}, version {certificate.get('version')}",
        "Hash of the seed, fixed before the list was loaded": certificate.get("seed_hash"),
        "Hash of the list of cases": certificate.get("frame_hash"),
        "Drawn on": f"{timezone.localdate(draw.drawn_at):%-d %B %Y}"
        if draw and draw.drawn_at
        else "",
        "Fingerprint of the certificate": certificate.get("fingerprint"),
    }
    facts = {name: Cell(str(value)) for name, value in asked.items() if certificate and value}
    words = "Anybody with the certificate can draw again and finds the same cases."
    return facts_table("draw-certificate", "The draw", words, on, facts)


def action_plan(cycle: AuditCycle, on: date) -> Figure:
    """Who does what by when, out of this cycle (domain.md A46)."""
    found = _issued().filter(cycle=cycle).exclude(state=RecommendationState.SUPERSEDED)
    beyond = found.exclude(level=RecommendationLevel.CASE)
    beyond = beyond.prefetch_related("impact_tests__cycle")
    about_one_case = few_or_count(found.filter(level=RecommendationLevel.CASE).count()).words
    return Figure(
        key="action-plan",
        title="Action plan",
        description="Each recommendation of this cycle that reaches beyond one case: who sees to it, by "
        "when, how we will know that it made a difference, and which later cycle tests it.",
        as_of=on,
        columns=(
            "Reference",
            "What should be done",
            "How far it reaches",
            "Owner",
            "First due date",
            "How we will know",
            "Test",
        ),
        rows=tuple(_plan_row(row) for row in beyond),
        note=f"Recommendations about one case: {about_one_case}. They "
        f"go to line managers and are not told here.{_replaced(cycle)}",
    )


def _replaced(cycle: AuditCycle) -> str:
    """Which recommendations another took the place of, in a sentence."""
    found = _issued().filter(cycle=cycle, state=RecommendationState.SUPERSEDED)
    rows = found.exclude(level=RecommendationLevel.CASE).select_related("superseded_by")
    words = ", ".join(f"{row.ref} by {row.superseded_by}" for row in rows)
    return f" Left out, since another took its place: {words}." if words else ""


def _plan_row(row: Recommendation) -> Row:
    words = (
        row.action,
        row.get_level_display(),
        str(row.owner),
        _day(row.original_due_date),
        row.how_known,
        _tests_of(row) or "not planned yet",
    )
    return Row(row.ref, tuple(Cell(word) for word in words))


def _tests_of(row: Recommendation) -> str:
    """Which cycles ask again, and what (domain.md A71)."""
    return "; ".join(
        f"{test.cycle}: {test.question}"
        for test in row.impact_tests.all()
        if test.cycle.state not in SET_ASIDE
    )


def late_and_asked(cycle: AuditCycle, on: date) -> Figure:
    """What is overdue, for what more time is asked, and what was not accepted: the board is told."""
    days = status_days(on)
    up_to_now = _issued().filter(cycle__ref__lte=cycle.ref)
    asked = {one.recommendation_id: one for one in _waiting_extensions()}
    refused = {one.recommendation_id: one for one in _approved_refusals()}
    told = up_to_now.filter(
        ~Q(level=RecommendationLevel.CASE) | Q(follow_ups__rung=Rung.BOARD) | Q(pk__in=refused)
    ).distinct()
    rows = [
        _late_row(row, row.status(days), asked.get(row.pk), refused.get(row.pk))
        for row in told
        if row.status(days) == DerivedStatus.OVERDUE or row.pk in asked or row.pk in refused
    ]
    return Figure(
        key="late-and-asked",
        title="Overdue, more time asked for, not accepted",
        description="Recommendations beyond one case that are overdue, for which their owner asks for more "
        "time, or that were not accepted; and those about one case that were not accepted or that nobody "
        "has answered in spite of every reminder, by reference alone.",
        as_of=on,
        columns=("Reference", "What should be done", "Status", "First due date", "Due now", "Why"),
        rows=tuple(rows),
    )


def _late_row(
    row: Recommendation,
    status: DerivedStatus,
    asked: ExtensionRequest | None,
    refused: NonAcceptance | None,
) -> Row:
    of_case = row.is_of_one_case
    why = ""
    if asked and not of_case:
        why = f"More time asked for, until {_day(asked.new_due_date)}: {asked.reason}"
    if refused and not of_case:
        why = f"Not accepted: {refused.reason}"
    action = ABOUT_ONE_CASE if of_case else row.action
    words = (action, status.label, _day(row.original_due_date), _day(row.due_date), why or "–")
    return Row(row.ref, tuple(Cell(str(word)) for word in words))


def training_actions(cycle: AuditCycle, on: date) -> Figure:
    """Training and workshops that recommendations asked for, and how far they have come (A70)."""
    days = status_days(on)
    found = (
        _issued()
        .filter(cycle__ref__lte=cycle.ref, action_type=ActionType.TRAINING_WORKSHOP)
        .exclude(level=RecommendationLevel.CASE)
    )
    rows = tuple(
        Row(row.ref, (Cell(row.action), Cell(str(row.status(days).label)))) for row in found
    )
    return Figure(
        key="training-actions",
        title="Training and workshops that were recommended",
        description="Each recommendation beyond one case that asks for training or a workshop.",
        as_of=on,
        columns=("Reference", "What should be done", "Status"),
        rows=rows,
    )


def audit_itself(cycle: AuditCycle, on: date) -> Figure:
    """How many said how the audit was for them, and the hours that it took (domain.md A67, A73)."""
    facts = {name: Cell(words) for name, words in facts_of(cycle, on).items()}
    return facts_table(
        "audit-itself",
        "How the audit was for those in it",
        "Auditors, and workers whose cases were audited, are asked after each cycle. What they wrote is read "
        "in the yearly review.",
        on,
        facts,
    )


def _issued() -> QuerySet[Recommendation]:
    found = Recommendation.objects.exclude(state=RecommendationState.DRAFT)
    return found.select_related("owner", "cycle").telling_effects().order_by("ref")


def _waiting_extensions() -> Iterable[ExtensionRequest]:
    return ExtensionRequest.objects.filter(decided_at=None, recommendation__state__in=OPEN)


def _approved_refusals() -> Iterable[NonAcceptance]:
    return NonAcceptance.objects.filter(is_approved=True)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "–"


TABLES = (
    in_short,
    draw_certificate,
    action_plan,
    late_and_asked,
    training_actions,
    audit_itself,
    spot_checks,
    spot_check_strengths,
    spot_check_development,
)
