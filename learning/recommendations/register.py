"""The register: whose recommendations, which of them, and how many of each status."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from learning.people.models import StaffMember
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import DerivedStatus
from learning.recommendations.status_days import StatusDays, status_days
from learning.vocabulary.choices import RecommendationLevel
from learning.vocabulary.models import Theme

MINE, TEAM, ALL = "mine", "team", "all"
WHOSE = {MINE: "Mine", TEAM: "My team’s", ALL: "All that I may read"}

TICKED = "on"
"""What a browser sends for a box that is ticked."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asked the register for; empty means everything. Odd values ask for nothing."""

    whose: str = ""
    status: str = ""
    level: str = ""
    cycle: str = ""
    theme: str = ""
    owner: str = ""
    escalated: str = ""

    @classmethod
    def of(cls, query: Any) -> "Wanted":
        """From an address's query; values that no list offers are left out."""
        asked = {name: query.get(name, "") for name in cls.__dataclass_fields__}
        known = {
            "whose": WHOSE,
            "status": DerivedStatus.values,
            "level": RecommendationLevel.values,
            "escalated": (TICKED,),
        }
        for name, values in known.items():
            asked[name] = asked[name] if asked[name] in values else ""
        is_number = asked["owner"].isascii() and asked["owner"].isdecimal()
        asked["owner"] = asked["owner"] if is_number and len(asked["owner"]) < 19 else ""
        return cls(**asked)

    @property
    def is_narrowed(self) -> bool:
        return any((self.level, self.cycle, self.theme, self.owner, self.escalated))


@dataclass(frozen=True)
class Register:
    """What the register shows for one request of one person."""

    wanted: Wanted
    whose: str
    counts_of_whose: dict[str, int]
    status_counts: dict[DerivedStatus, int]
    rows: RecommendationQuerySet
    days: StatusDays


def register_for(user: Any, wanted: Wanted) -> Register:
    """The register as this person may see it: their own first, if they have any."""
    visible = Recommendation.objects.visible_to(user)
    counts = _counts_of_whose(visible, user)
    whose = wanted.whose or (MINE if counts[MINE] else ALL)
    chosen = _narrowed(visible.filter(_is_whose(whose, user)), wanted)
    days = status_days()
    rows = chosen.having(DerivedStatus(wanted.status), days) if wanted.status else chosen
    return Register(wanted, whose, counts, chosen.status_counts(days), with_names(rows), days)


def with_names(rows: RecommendationQuerySet) -> RecommendationQuerySet:
    """The rows with everything that a list of them names."""
    named = rows.select_related("owner", "cycle", "submission__case", "team")
    return named.prefetch_related("themes").telling_effects()


def possible_choices(user: Any) -> dict[str, list[tuple[str, str]]]:
    """What the register can be narrowed to: cycles, themes and owners of what this person may read."""
    visible = Recommendation.objects.visible_to(user).order_by()
    cycles = AuditCycle.objects.filter(pk__in=visible.values("cycle"))
    themes = Theme.objects.filter(pk__in=visible.values("themes"))
    owners = StaffMember.objects.filter(pk__in=visible.values("owner"))
    return {
        "cycle": [(cycle.ref, cycle.ref) for cycle in cycles],
        "theme": [(theme.code, theme.label) for theme in themes],
        "owner": [(str(owner.pk), str(owner)) for owner in owners],
    }


def _is_whose(whose: str, user: Any) -> Q:
    of_team = Q(owner__line_manager=user) | Q(submission__case__worker__line_manager=user)
    return {MINE: Q(owner=user), TEAM: of_team, ALL: Q()}[whose]


def _counts_of_whose(visible: RecommendationQuerySet, user: Any) -> dict[str, int]:
    """How many are mine, my team's, and all; one query."""
    return visible.order_by().aggregate(
        **{whose: Count("pk", filter=_is_whose(whose, user)) for whose in (MINE, TEAM)},
        **{ALL: Count("pk")},
    )


def _narrowed(rows: RecommendationQuerySet, wanted: Wanted) -> RecommendationQuerySet:
    fields = {
        "level": wanted.level,
        "cycle__ref": wanted.cycle,
        "owner": wanted.owner,
    }
    rows = rows.filter(**{name: value for name, value in fields.items() if value})
    if wanted.theme:
        rows = rows.filter(pk__in=Recommendation.objects.filter(themes__code=wanted.theme))
    return rows.escalated() if wanted.escalated else rows
