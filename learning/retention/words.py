"""What is words, table by table: whether some are left, and their end.

Rows stay, so that whatever counts, lists or prints them goes on. In place of their words those of a cycle and
of a recommendation say `GONE`; those of an audit (`words_of_audits.py`) nothing. Only earlier versions and
answers that nobody signed go as rows.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from learning.events.emptying_rules import GONE
from learning.impact.models import ImpactAssessment
from learning.plenaries.models import (
    NothingToRecommend,
    PlenaryAddendum,
    PlenaryNote,
    PlenaryVersion,
)
from learning.process_review.models import ReviewAnswer
from learning.recommendations.completion_models import (
    CompletionConfirmation,
    RecommendationUpdate,
    Verification,
)
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance, OwnerChange
from learning.recommendations.follow_up_models import FollowUpPause
from learning.recommendations.models import Recommendation
from learning.reflections.models import AuditorReflection
from learning.reports.board_models import BoardConsideration, BoardQuestion
from learning.reports.models import CycleReport, EarlierAnswer, ReportAddendum, ReportPart

Counts = dict[str, int]


@dataclass(frozen=True)
class Words:
    """Columns of one table that hold words, the way from its rows to the thing that they go with, and what
    stands there afterwards. Without columns the rows go. `only` says which rows, where not all."""

    model: Any
    way: str
    columns: tuple[str, ...] = ()
    becomes: str = GONE
    only: Q = field(default_factory=Q)

    def of(self, thing: Any) -> QuerySet[Any]:
        """The rows of this thing in which words are left."""
        return self._left().filter(**{self.way: thing.pk})

    def are_left(self) -> Exists:
        """Whether the row of an outer query has words left here."""
        return Exists(self._left().filter(**{self.way: OuterRef("pk")}))

    def empty(self, thing: Any) -> int:
        """How many rows lost their words, or went."""
        rows = self.of(thing)
        if not self.columns:
            return remove(rows)
        said = {
            name: Case(
                When(**{name: ""}, then=F(name)),
                default=Value(self.becomes),
                output_field=TextField(),
            )
            for name in self.columns
        }
        return int(rows.update(**said))

    def _left(self) -> QuerySet[Any]:
        rows = self.model._default_manager.filter(self.only).order_by()
        some = Q()
        for name in self.columns:
            some |= ~Q(**{f"{name}__in": ("", self.becomes)})
        return rows.filter(some)


def remove(rows: QuerySet[Any]) -> int:
    """How many rows of this table went."""
    _, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


PAPERS = (
    Words(PlenaryNote, "day__cycle", PlenaryNote.BOXES),
    Words(PlenaryVersion, "note__day__cycle"),
    Words(PlenaryAddendum, "note__day__cycle", ("text", "reason")),
    Words(NothingToRecommend, "cycle", ("reason",)),
    Words(AuditorReflection, "cycle", AuditorReflection.BOXES),
    Words(ReviewAnswer, "round__cycle"),
)
"""Working papers of a cycle."""

OF_RECOMMENDATION = (
    Words(Recommendation, "pk", ("action", "why", "how_known")),
    Words(RecommendationUpdate, "recommendation", ("words",)),
    Words(CompletionConfirmation, "recommendation", ("statement", "evidence")),
    Words(Verification, "confirmation__recommendation", ("words",)),
    Words(ExtensionRequest, "recommendation", ("reason", "decision_words")),
    Words(NonAcceptance, "recommendation", ("reason", "decision_words")),
    Words(OwnerChange, "recommendation", ("reason",)),
    Words(FollowUpPause, "recommendation", ("reason",)),
    Words(ImpactAssessment, "test__recommendation", ("words",)),
)
"""What a recommendation says, and what was written about it. What works differently since, and what a later
cycle was asked, stay: without them the numbers of the ledger would say nothing."""

OF_REPORT = (
    Words(CycleReport, "cycle", ("words_reason",)),
    Words(ReportPart, "report__cycle", ("text",)),
    Words(EarlierAnswer, "report__cycle", ("words",)),
    Words(ReportAddendum, "report__cycle", ("text", "reason")),
    Words(BoardConsideration, "report__cycle", ("minute",)),
    Words(BoardQuestion, "consideration__report__cycle", ("text", "answer")),
)
"""What a cycle's report says; of its figures the tables that repeat words go, those that count stay."""


def some_left(kinds: tuple[Words, ...]) -> Q:
    """Whether the row of an outer query has words left in any of these tables."""
    found = Q()
    for words in kinds:
        found |= Q(words.are_left())
    return found


def empty_all(kinds: tuple[Words, ...], thing: Any) -> Counts:
    """How many rows of which table lost their words."""
    counts = {str(kind.model._meta.verbose_name_plural): kind.empty(thing) for kind in kinds}
    return {name: count for name, count in counts.items() if count}
