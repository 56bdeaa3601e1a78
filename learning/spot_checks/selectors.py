"""What the pages of spot checks show, what a report counts, and what waits for somebody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.disclosure.finding import LocalKnowledge, local_knowledge
from learning.proforma.models import ProFormaSection
from learning.programme.models import AuditCycle
from learning.spot_checks.models import (
    SpotCheck,
    SpotCheckEntry,
    SpotCheckQuerySet,
    SpotCheckRound,
)
from learning.spot_checks.services import sections_of, waiting_for_report
from learning.spot_checks.states import SpotCheckState
from learning.submissions.wording import Hint, hints_in
from learning.vocabulary.choices import SubmissionStatementKind

Kind = SubmissionStatementKind


def checks_to_list(user: Any) -> SpotCheckQuerySet:
    """What this person may see is there, ready to be listed."""
    visible = SpotCheck.objects.visible_to(user)
    return visible.select_related("round__cycle", "area").prefetch_related("auditors")


def rounds_to_list() -> QuerySet[SpotCheckRound]:
    return SpotCheckRound.objects.select_related("cycle").annotate(cases=Count("checks"))


@dataclass(frozen=True)
class SectionShown:
    """One section with what is written in it."""

    section: ProFormaSection
    entry: SpotCheckEntry | None
    hints: list[Hint]


def sections_shown(check: SpotCheck, *, with_hints: bool) -> list[SectionShown]:
    """Every section of the check in its order; hints only for those who write."""
    entries = {one.section_id: one for one in check.entries.prefetch_related("themes")}
    known = local_knowledge() if with_hints else None
    return [
        SectionShown(section, entries.get(section.pk), _hints(section, entries, known))
        for section in sections_of(check)
    ]


def _hints(
    section: ProFormaSection, entries: dict[int, SpotCheckEntry], known: LocalKnowledge | None
) -> list[Hint]:
    """What the wording coach says of the section; nothing where it is not asked."""
    entry = entries.get(section.pk)
    if entry is None or known is None:
        return []
    return hints_in(entry.boxes, section_key=section.key, known=known)


# --- What a report counts --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """How many spot checks a report speaks of, and in how many each theme was raised, by kind."""

    checks: int
    strengths: Mapping[str, int]
    to_develop: Mapping[str, int]


def counted_for(cycle: AuditCycle) -> Counted:
    """Plain counts; whoever shows them hides the small ones first. Two queries."""
    ready = Q(pk__in=waiting_for_report(cycle).values("pk")) | Q(folded_into=cycle)
    checks = SpotCheck.objects.filter(ready)
    rows = (
        SpotCheckEntry.objects.filter(check_of__in=checks, themes__isnull=False)
        .values_list("check_of_id", "kind", "themes__label")
        .distinct()
    )
    found = list(rows)
    return Counted(
        checks=checks.count(),
        strengths=_in_how_many(found, (Kind.STRENGTH, Kind.MIXED)),
        to_develop=_in_how_many(found, (Kind.DEVELOPMENT_AREA, Kind.MIXED, Kind.IMMEDIATE_CONCERN)),
    )


def _in_how_many(rows: list[tuple[int, str, str]], kinds: tuple[str, ...]) -> dict[str, int]:
    told = {(check, theme) for check, kind, theme in rows if kind in kinds}
    return dict(sorted(Counter(theme for _, theme in told).items()))


# --- What waits for somebody -----------------------------------------------------------------------------


def waiting_for(person: Any) -> list[WorkItem]:
    """Checks to make, to give to somebody, and to sign off; a constant number of queries."""
    items = [_item(check, "Make", WorkKind.WRITE) for check in _to_make(person)]
    if holds(person, Right.DRAW_SPOT_CHECKS):
        items += [_item(check, "Find auditors for", WorkKind.PASS_ON) for check in _to_give()]
    if holds(person, Right.ASSURE_SPOT_CHECK):
        items += [_item(c, "Read and sign off", WorkKind.ASSURE) for c in _to_assure(person)]
    return items


def _to_make(person: Any) -> SpotCheckQuerySet:
    return _at(SpotCheckState.DRAWN).filter(auditors=person)


def _to_give() -> SpotCheckQuerySet:
    return _at(SpotCheckState.DRAWN).filter(auditors=None)


def _to_assure(person: Any) -> SpotCheckQuerySet:
    return _at(SpotCheckState.DONE).exclude(auditors=person).exclude(case__worker=person)


def _at(state: SpotCheckState) -> SpotCheckQuerySet:
    return SpotCheck.objects.filter(state=state).select_related("area")


def _item(check: SpotCheck, what: str, kind: WorkKind) -> WorkItem:
    done = check.done_at
    return WorkItem(
        f"{what} spot check {check.ref}",
        check.get_absolute_url(),
        kind,
        words=f"{check.area}: one case between the cycles, with the light form.",
        since=timezone.localdate(done) if done else None,
    )
