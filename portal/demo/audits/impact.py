"""What was recommended beyond one child, and what a later cycle saw of it."""

from typing import Any

from audit_pages.models import FindingPage
from learning.impact.models import ImpactAssessment, ImpactTest, SystemChange
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import UNDER_WAY, pace_of
from portal.demo.audits.recommendations import Ledger, Way, told
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

State = RecommendationState
SENIOR = ["devika.raghunathan", "alasdair.kinnear"]
MANAGERS = ["carys.bevan-hughes", "tomasz.wilczek", "oluwaseun.adeyemi"]
STILL_OPEN = {"2026-Q2": [State.CLOSED, State.CLOSED, State.IN_PROGRESS]}
"""Of the last cycles not everything is done; what was tested again is."""

LAST_QUARTER = "2026-Q3"
LASTING = {"established", "sustained"}


def recommend_beyond(ledger: Ledger, cast: Cast) -> list[tuple[Recommendation, dict[str, Any]]]:
    """The cycle's recommendations beyond one case, each with the row that tells it."""
    rows = [
        row
        for row in read("organisational.toml")["recommendation"]
        if row["quarter"] == ledger.cycle.ref
    ]
    themes = themes_of([row["finding"] for row in rows])
    put = []
    for turn, row in enumerate(rows):
        recommendation = ledger.put(
            told(row),
            _way(row, turn, ledger.cycle.ref, cast),
            drafted_by=cast[LEAD],
            themes=themes.get(row["finding"], []),
        )
        put.append((recommendation, row))
    return put


def themes_of(slugs: list[str]) -> dict[str, list[str]]:
    """The codes of the themes of each finding."""
    pages = FindingPage.objects.filter(slug__in=slugs).prefetch_related("themes")
    return {page.slug: [theme.code for theme in page.themes.all()] for page in pages}


def _way(row: dict[str, Any], turn: int, ref: str, cast: Cast) -> Way:
    names = SENIOR if row["owner_role"] == "senior_manager" else MANAGERS[:2]
    way = Way(owner=cast[names[turn % len(names)]])
    if "impact" not in row:
        way.state = STILL_OPEN.get(ref, [State.CLOSED])[turn % len(STILL_OPEN.get(ref, [1]))]
    if ref == LAST_QUARTER:
        way.state = State.ACKNOWLEDGED if turn else State.IN_PROGRESS
        way.asks_for_time = row["level"] == "organisational"
    return way


def ask_again(shelf: Shelf, cast: Cast, put: list[tuple[Recommendation, dict[str, Any]]]) -> None:
    """What later cycles saw of what was recommended; of one that stands, what has changed for good."""
    cycles = {cycle.ref: cycle for cycle in AuditCycle.objects.all()}
    for recommendation, row in put:
        if "impact" in row:
            _test(shelf, cast, recommendation, row["impact"], cycles)


def _test(
    shelf: Shelf,
    cast: Cast,
    recommendation: Recommendation,
    impact: dict[str, Any],
    cycles: dict[str, AuditCycle],
) -> None:
    cycle, pace = cycles[impact["quarter"]], pace_of(impact["quarter"])
    lead = cast[LEAD]
    planned = pace.at("agree_team", 10)
    test = ImpactTest(
        recommendation=recommendation,
        cycle=cycle,
        question=impact["question"],
        planned_by=lead,
        planned_at=planned,
    )
    shelf.add(test)
    shelf.event(planned, lead, "impact.plan", recommendation)
    if cycle.ref == UNDER_WAY or impact["status"] == "not_yet_tested":
        return
    _assess(shelf, lead, test, impact)
    if impact["status"] in LASTING:
        changed = SystemChange(
            recommendation=recommendation,
            words=impact["what_changed"],
            changed_on=recommendation.verified_at.date(),  # type: ignore[union-attr]
            recorded_by=lead,
            recorded_at=pace.at("publish_learning", 12),
        )
        shelf.add(changed)
        shelf.event(changed.recorded_at, lead, "impact.system_change", recommendation)


def _assess(shelf: Shelf, lead: Any, test: ImpactTest, impact: dict[str, Any]) -> None:
    before, after = (_counts(impact[name]) for name in ("before", "after"))
    when = pace_of(test.cycle.ref).at("lock", 12)  # in time for the report
    shelf.add(
        ImpactAssessment(
            test=test,
            before_seen=before[0],
            before_of=before[1],
            after_seen=after[0],
            after_of=after[1],
            status=impact["status"],
            words=impact["what_changed"],
            assessed_by=lead,
            assessed_at=when,
        )
    )
    shelf.event(when, lead, "impact.assess", test.recommendation)


def _counts(words: str) -> tuple[int, int]:
    """`(3, 15)` of `3 of 15`."""
    seen, total = words.split(" of ")
    return int(seen), int(total)
