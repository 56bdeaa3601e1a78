"""What is due of a cycle beyond its cases: working papers, recommendations, its report (domain.md D8)."""

from datetime import datetime, time
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from learning.events.services import events_about_each
from learning.impact.models import ImpactTest
from learning.impact.states import SET_ASIDE
from learning.process_review.states import ReviewState
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.recommendations.models import Recommendation
from learning.reports.board_models import BoardConsideration, BoardQuestion
from learning.reports.models import CycleReport
from learning.retention.ended import UNSETTLED, ended_cycles, months_ago
from learning.retention.models import LegalHold
from learning.retention.words import OF_RECOMMENDATION, OF_REPORT, PAPERS, some_left

STILL_READ = (ReviewState.OPENED, ReviewState.EVIDENCE_COLLECTED)
"""States in which a year's review still reads what people answered."""


def papers_due() -> QuerySet[AuditCycle]:
    """Cycles whose notes, reflections or answers are kept long enough, and of whose year no review still reads
    them."""
    found = ended_cycles(AuditSettings.load().keep_audits_months).filter(some_left(PAPERS))
    read_still = found.filter(programme__process_review__state__in=STILL_READ)
    return found.exclude(pk__in=LegalHold.objects.keys_of("cycle")).exclude(
        pk__in=read_still.values("pk")
    )


def recommendations_due() -> QuerySet[Recommendation]:
    """Recommendations of which nothing is open: settled, as is what took their place; no test of them waits,
    and their last step was long enough ago."""
    months = AuditSettings.load().keep_recommendations_months
    waiting = ImpactTest.objects.filter(assessment=None).exclude(cycle__state__in=SET_ASIDE)
    found = Recommendation.objects.filter(cycle__in=ended_cycles(months).values("pk"))
    found = found.filter(some_left(OF_RECOMMENDATION)).exclude(state__in=UNSETTLED)
    found = found.exclude(superseded_by__state__in=UNSETTLED)
    found = found.exclude(pk__in=waiting.values("recommendation"))
    found = found.exclude(cycle__in=LegalHold.objects.keys_of("cycle"))
    kept = found.filter(submission__in=LegalHold.objects.keys_of("submission")).values("pk")
    return found.exclude(pk__in=kept).exclude(_stepped_since(Recommendation, "pk", months))


def reports_due() -> QuerySet[AuditCycle]:
    """Cycles whose report is kept long enough: nothing that they recommended is open, no board has yet to say
    something of it or to be answered, and nobody has put a word to it since."""
    months = AuditSettings.load().keep_reports_months
    open_still = Recommendation.objects.filter(state__in=UNSETTLED).values("cycle")
    found = ended_cycles(months).filter(some_left(OF_REPORT)).exclude(pk__in=open_still)
    since = _moment(months)
    late = Q(considered_on=None) | Q(recorded_at__gte=since)
    unanswered = Q(answered_at=None) | Q(answered_at__gte=since)
    before_boards = BoardConsideration.objects.filter(late).values("report__cycle")
    asked = BoardQuestion.objects.filter(unanswered).values("consideration__report__cycle")
    found = found.exclude(pk__in=before_boards).exclude(pk__in=asked)
    found = found.exclude(pk__in=LegalHold.objects.keys_of("cycle"))
    return found.exclude(_stepped_since(CycleReport, "report__pk", months))


def _stepped_since(model: Any, key: str, months: int) -> Exists:
    """Whether anything happened to the thing of an outer query less than so many months ago."""
    return Exists(events_about_each(model, key).filter(happened_at__gte=_moment(months)))


def _moment(months: int) -> datetime:
    """The first moment that is not yet so many months ago: the end of that day."""
    return timezone.make_aware(datetime.combine(months_ago(months), time.max))
