"""What the lists of this room show, and what waits for somebody in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.events.working_days import working_days_between
from learning.feedback.models import AgreedQuote, FamilyFeedback
from learning.feedback.states import FeedbackState
from learning.figures.scope import SIGNED_OFF
from learning.impact.models import ImpactAssessment
from learning.impact.states import ImpactStatus
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.recommendations.states import UNVERIFIED, DerivedStatus, RecommendationState
from learning.recommendations.status_days import StatusDays, status_days
from learning.reports.board_models import (
    Board,
    BoardConsideration,
    BoardQuestion,
    DecidedRecommendation,
)
from learning.reports.models import CycleReport
from learning.vocabulary.choices import RecommendationLevel


def reports_to_list(user: Any) -> QuerySet[CycleReport]:
    """Reports that this person may read, the newest first."""
    return CycleReport.objects.visible_to(user).select_related("cycle__lead")


def summaries_to_list(user: Any) -> QuerySet[CycleReport]:
    """Reports of which this person may read the summary and no more."""
    whole = CycleReport.objects.visible_to(user).values("pk")
    return CycleReport.objects.with_summary().exclude(pk__in=whole).select_related("cycle")


def cycles_to_report() -> QuerySet[AuditCycle]:
    """Cycles whose analyses are signed off and that have no report yet."""
    return AuditCycle.objects.filter(state__in=SIGNED_OFF, report__isnull=True)


def boards_to_list() -> QuerySet[Board]:
    return Board.objects.prefetch_related("members")


def decision_behind(recommendation: Recommendation) -> str:
    """The board, the report and the day that it came out of, in words; empty if it came from elsewhere."""
    links = DecidedRecommendation.objects.select_related(
        "consideration__board", "consideration__report__cycle"
    )
    link = links.filter(recommendation=recommendation).first()
    if link is None:
        return ""
    row = link.consideration
    day = f"{row.considered_on:%-d %B %Y}"
    return f"what {row.board} decided on the report of {row.report.cycle}, {day}"


def quotes_to_use(user: Any, cycle: AuditCycle) -> list[AgreedQuote]:
    """What families of the cycle agreed may be used, of the audits that this person may read it of."""
    heard = FamilyFeedback.objects.visible_to(user).filter(
        submission__case__cycle=cycle, state=FeedbackState.INCORPORATED
    )
    quotes = AgreedQuote.objects.filter(feedback__in=heard, withdrawn_at=None)
    return list(quotes.select_related("feedback").order_by("feedback__asked", "pk"))


# --- What boards oversee ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overseen:
    """One recommendation beyond one case, as a board follows it (domain.md A51)."""

    recommendation: Recommendation
    status: DerivedStatus
    age: int | None
    impact: str

    @property
    def is_overdue(self) -> bool:
        return self.status == DerivedStatus.OVERDUE


def to_oversee() -> QuerySet[Recommendation]:
    """Every issued recommendation beyond one case, the oldest cycle first."""
    return (
        Recommendation.objects.exclude(state=RecommendationState.DRAFT)
        .exclude(level=RecommendationLevel.CASE)
        .select_related("cycle", "owner")
        .telling_effects()
        .order_by("cycle__ref", "ref")
    )


def overseen(rows: Iterable[Recommendation], on: date) -> list[Overseen]:
    """These as a board follows them on that day, in one query more."""
    days, shown = status_days(on), _latest_impact()
    untested = str(ImpactStatus.NOT_YET_TESTED.label)
    return [_overseen(row, days, on, shown.get(row.pk, untested)) for row in rows]


def _latest_impact() -> dict[int, str]:
    """What the newest assessment of each recommendation said."""
    found = ImpactAssessment.objects.order_by("test__cycle__ref").select_related("test")
    return {one.test.recommendation_id: str(one.get_status_display()) for one in found}


def _overseen(row: Recommendation, days: StatusDays, on: date, impact: str) -> Overseen:
    """Its age in working days until somebody has verified it."""
    is_counted = row.state in UNVERIFIED and row.issued_at is not None
    age = working_days_between(timezone.localdate(row.issued_at), on) if is_counted else None
    return Overseen(row, row.status(days), age, impact)


# --- What waits for somebody -------------------------------------------------------------------------


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person should do next about reports; a constant number of queries."""
    items = []
    if holds(person, Right.WRITE_REPORT):
        items += _to_write(person)
    if holds(person, Right.SIGN_REPORT):
        items += _to_answer()
    if holds(person, Right.CONSIDER_REPORT):
        items += _to_consider(person)
    return items


def _to_write(person: Any) -> list[WorkItem]:
    cycles = AuditCycle.objects.filter(state=CycleState.REPORTING).select_related("report")
    return [
        WorkItem(
            title=f"{cycle}: write the report",
            url=_address(cycle),
            kind=WorkKind.WRITE,
            words="The lead signs it when its parts are written and its figures taken.",
        )
        for cycle in cycles
        if not getattr(getattr(cycle, "report", None), "is_signed", False)
    ]


def _address(cycle: AuditCycle) -> str:
    """The report, or the list in which it is begun."""
    has_report = hasattr(cycle, "report")
    return reverse("reports:report", args=[cycle.ref]) if has_report else reverse("reports:list")


def _to_answer() -> list[WorkItem]:
    questions = BoardQuestion.objects.filter(answered_at=None)
    related = questions.select_related("consideration__board", "consideration__report__cycle")
    return [
        WorkItem(
            title=f"{question.consideration.report.cycle}: answer {question.consideration.board}",
            url=reverse("reports:answer", args=[question.pk]),
            kind=WorkKind.ANSWER,
            words="A question about the report of this cycle.",
        )
        for question in related
    ]


def _to_consider(person: Any) -> list[WorkItem]:
    rows = BoardConsideration.objects.filter(considered_on=None, board__members=person)
    return [
        WorkItem(
            title=f"{row.report.cycle}: the report lies before {row.board}",
            url=f"{row.report.get_absolute_url()}#boards",
            kind=WorkKind.ANSWER,
            words="Read it, put questions, and record what the board decides.",
        )
        for row in rows.select_related("board", "report__cycle")
    ]
