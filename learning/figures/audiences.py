"""All figures in their order, and who finds which (domain.md G1, E7 row “analytics”)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.figures import (
    auditing,
    families,
    following,
    impact,
    own_team,
    recognising,
    sample,
    themes,
)
from learning.figures.figure import Figure
from learning.figures.scope import Scope
from learning.people.roles import Role

OFFICE = frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.SENIOR_MANAGER})
"""They find every figure."""

EVERYBODY = Right.SEE_FIGURES.value.roles
TEAMS = OFFICE | {Role.FRONT_LINE, Role.LINE_MANAGER}
BOARD = OFFICE | {Role.BOARD_MEMBER}


@dataclass(frozen=True)
class Entry:
    """One figure of the list: how it is made, and for which roles."""

    make: Callable[[Scope], Figure]
    roles: frozenset[Role]

    def is_for(self, person: Any) -> bool:
        return holds(person, Right.SEE_FIGURES) and person.has_role(*self.roles)


FIGURES = (
    Entry(themes.strengths_over_time, EVERYBODY),
    Entry(themes.development_over_time, EVERYBODY),
    Entry(families.family_voice, EVERYBODY),
    Entry(families.family_agreement, EVERYBODY),
    Entry(families.why_not_heard, EVERYBODY),
    Entry(recognising.letters_of_thanks, EVERYBODY),
    Entry(recognising.themes_of_good_work, EVERYBODY),
    Entry(themes.strength_and_development, TEAMS),
    Entry(auditing.recording_gaps, TEAMS),
    Entry(following.by_status, BOARD),
    Entry(following.age_of_open, BOARD),
    Entry(following.confirmed_in_time, BOARD),
    Entry(impact.impact_ledger, BOARD),
    Entry(themes.before_and_after, BOARD),
    Entry(themes.retested, BOARD),
    Entry(sample.coverage, BOARD),
    Entry(sample.team_coverage, OFFICE),
    Entry(sample.preparation, OFFICE),
    Entry(sample.why_replaced, OFFICE),
    Entry(auditing.concerns, OFFICE),
    Entry(auditing.escalation_times, OFFICE),
    Entry(auditing.who_audits, OFFICE),
    Entry(auditing.cost, OFFICE),
)


def figures_for(person: Any, scope: Scope) -> list[Figure]:
    """The figures that this person's roles give, in their order; a line manager's own team's first."""
    return own_team_figures(person, scope) + [
        entry.make(scope) for entry in FIGURES if entry.is_for(person)
    ]


def own_team_figures(person: Any, scope: Scope) -> list[Figure]:
    """Those of the team that this line manager belongs to. They are in no report, and nobody else's."""
    is_managing = holds(person, Right.SEE_FIGURES) and person.has_role(Role.LINE_MANAGER)
    return own_team.figures_of(person.team, scope) if is_managing and person.team else []
