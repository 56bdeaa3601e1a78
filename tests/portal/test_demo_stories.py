"""The demo borough's audits read like a service's: whole, each its own, and nobody graded in them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from learning.disclosure.finding import LocalKnowledge, find_identifiers
from learning.disclosure.kinds import TOLD_INSIDE, Kind
from learning.proforma.keys import LIVED_EXPERIENCE, OVERALL
from learning.recommendations.states import ActionType
from learning.submissions.grades import grades_in
from learning.submissions.states import RecordingGapKind
from learning.vocabulary.choices import AgeBand, RecommendationLevel, StatementKind
from portal.demo.audits.quarters import UNDER_WAY
from portal.demo.loader import FOLDER

AUDITS = FOLDER / "audits"
VOCABULARY = Path(__file__).parents[2] / "learning" / "vocabulary" / "starter"
PROFORMA = Path(__file__).parents[2] / "learning" / "proforma" / "starter.toml"
EXPECTED = {
    "child_in_need": 9,
    "child_protection": 9,
    "looked_after": 9,
    "care_leaver": 9,
    "family_support_early_help": 9,
    "initial_contact": 5,
    "fostering": 5,
    "adoption": 5,
}
QUARTERS = [f"{year}-q{quarter}" for year in (2024, 2025, 2026) for quarter in range(1, 5)][3:11]
IMPACT_STATUSES = {
    "not_yet_tested",
    "too_early",
    "no_change",
    "emerging",
    "established",
    "sustained",
    "deteriorated",
}
GRADE_WORDS = re.compile(
    r"\b(outstanding|excellent|good|requires improvement|inadequate|adequate|satisfactory|unsatisfactory|"
    r"poor|weak|RI|RIG)\b|\d ?%|\b\d+/\d+\b"
)
OVERALL_WORDS = range(120, 181)
PLENARY_WORDS = range(60, 101)
TELLS = {"action", "why", "how_known", "action_type", "level", "confirmation", "evidence"}
SELDOM_UNIQUE = 40
"""Shorter texts, such as a code, may well stand in two places."""


def read(path: Path) -> Any:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def codes_in(path: Path, table: str, key: str = "code") -> set[str]:
    return {row[key] for row in read(path)[table]}


STORIES = {area: read(AUDITS / "stories" / f"{area}.toml")["story"] for area in EXPECTED}
ALL_STORIES = [story for stories in STORIES.values() for story in stories]
ORGANISATIONAL = read(AUDITS / "organisational.toml")["recommendation"]
PLENARIES = read(AUDITS / "plenaries.toml")["day"]
FINDINGS = {
    quarter: {row["slug"] for row in read(FOLDER / "findings" / f"{quarter}.toml")["finding"]}
    for quarter in QUARTERS
}
THEMES = codes_in(VOCABULARY / "themes.toml", "theme")


def texts_of(thing: Any) -> Iterator[str]:
    """Every text in a table of tables, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from chain.from_iterable(map(texts_of, thing.values()))
    elif isinstance(thing, list):
        yield from chain.from_iterable(map(texts_of, thing))


EVERY_TEXT = list(texts_of([ALL_STORIES, ORGANISATIONAL, PLENARIES]))


def statements_of(story: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for section in story["sections"].values() for row in section.get("statements", [])]


def test_every_area_has_its_stories_and_no_key_is_used_twice() -> None:
    assert {area: len(stories) for area, stories in STORIES.items()} == EXPECTED
    assert set(EXPECTED) <= codes_in(VOCABULARY / "areas.toml", "area")
    assert len({story["key"] for story in ALL_STORIES}) == sum(EXPECTED.values())


@pytest.mark.parametrize("story", ALL_STORIES, ids=lambda story: story["key"])
def test_a_story_is_whole(story: dict[str, Any]) -> None:
    sections = story["sections"]
    assert story["age_band"] in AgeBand.values
    assert sections.keys() <= codes_in(PROFORMA, "section", "key")
    assert {LIVED_EXPERIENCE, OVERALL} < sections.keys()
    assert 3 <= len(sections) - 2 <= 5
    assert all(section["means"] for section in sections.values())
    assert all(section["saw"] for key, section in sections.items() if key != OVERALL)
    assert len(sections[OVERALL]["means"].split()) in OVERALL_WORDS
    assert story["conversation"].keys() == {
        "questions",
        "why_decided",
        "proud_of",
        "in_the_way",
        "light_bulb",
    }
    assert story["conversation"]["questions"] and story["conversation"]["why_decided"]
    assert {gap["kind"] for gap in story.get("gaps", [])} <= set(RecordingGapKind.values)
    assert story["family"]["who"] in {"child", "young_person", "parent", "foster_carer"}
    assert story["family"]["said"] and story["family"]["agreement"]


@pytest.mark.parametrize("area", sorted(EXPECTED))
def test_stories_write_in_sections_that_their_form_shows(area: str) -> None:
    form = "initial_contact" if area == "initial_contact" else "practice_audit"
    shown = {
        row["key"]
        for row in read(PROFORMA)["section"]
        if form in row.get("forms", ["practice_audit"]) and area in row.get("areas", [area])
    }
    assert [story["key"] for story in STORIES[area] if not story["sections"].keys() <= shown] == []


@pytest.mark.parametrize("story", ALL_STORIES, ids=lambda story: story["key"])
def test_statements_and_recommendations_use_codes_that_exist(story: dict[str, Any]) -> None:
    assert statements_of(story)
    for statement in statements_of(story):
        assert statement["kind"] in StatementKind.values
        assert 1 <= len(statement["themes"]) <= 3
        assert set(statement["themes"]) <= THEMES
    assert 1 <= len(story["recommendations"]) <= 2
    for recommendation in story["recommendations"]:
        assert recommendation.keys() == TELLS
        assert all(recommendation.values())
        assert recommendation["level"] == RecommendationLevel.CASE
        assert recommendation["action_type"] in ActionType.values


def test_strengths_and_developments_are_of_about_the_same_number() -> None:
    kinds = Counter(row["kind"] for story in ALL_STORIES for row in statements_of(story))
    needs = kinds["development_area"] + kinds["mixed"]
    assert 0.75 < kinds["strength"] / needs < 1.35


def test_the_themes_of_practice_all_occur_and_those_of_need_nearly_all_twice() -> None:
    used = Counter(
        code for story in ALL_STORIES for row in statements_of(story) for code in row["themes"]
    )
    assert {code for code in THEMES if code.startswith("P")} <= used.keys()
    needs = [code for code in THEMES if code.startswith("R")]
    assert sum(used[code] >= 2 for code in needs) > 0.8 * len(needs)


def test_organisational_recommendations_answer_findings_of_their_quarter() -> None:
    assert len(ORGANISATIONAL) == 24
    assert {row["quarter"].lower() for row in ORGANISATIONAL} == set(QUARTERS)
    for row in ORGANISATIONAL:
        assert row.keys() - {"impact"} == TELLS | {"quarter", "finding", "owner_role"}
        assert row["finding"] in FINDINGS[row["quarter"].lower()]
        assert row["level"] in {"organisational", "service", "team"}
        assert row["owner_role"] in {"line_manager", "senior_manager"}
        assert row["action_type"] in ActionType.values


def test_eight_of_them_were_tested_again_in_a_later_quarter() -> None:
    impacts = [(row["quarter"], row["impact"]) for row in ORGANISATIONAL if "impact" in row]
    assert len(impacts) == 8
    for quarter, impact in impacts:
        assert impact.keys() == {"question", "quarter", "before", "after", "status", "what_changed"}
        assert quarter < impact["quarter"]
        assert impact["status"] in IMPACT_STATUSES
        for seen in ("before", "after"):
            count, total = impact[seen].split(" of ")
            assert int(count) <= int(total)


def test_both_days_of_each_quarter_have_their_plenary() -> None:
    """And the first day of the one that is under way."""
    days = [(row["quarter"].lower(), row["day"]) for row in PLENARIES]
    closed = [(quarter, day) for quarter in QUARTERS for day in (1, 2)]
    assert sorted(days) == [*closed, (UNDER_WAY.lower(), 1)]
    for row in PLENARIES:
        assert len(row["strengths"].split()) in PLENARY_WORDS
        assert len(row["weaknesses"].split()) in PLENARY_WORDS


def test_no_longer_text_stands_in_two_places() -> None:
    repeated = Counter(text for text in EVERY_TEXT if len(text) > SELDOM_UNIQUE)
    assert [text for text, times in repeated.items() if times > 1] == []


def test_nobody_is_graded() -> None:
    assert [text for text in EVERY_TEXT if GRADE_WORDS.search(text)] == []
    assert [
        text for story in ALL_STORIES for text in texts_of(story) if list(grades_in(text))
    ] == []


def test_nobody_could_be_known_by_them() -> None:
    """Counts of people are usual inside an audit, which stays inside the service (domain.md D7)."""
    found = [
        (text[span.start : span.end], text)
        for text in EVERY_TEXT
        for span in find_identifiers(text, LocalKnowledge())
        if span.kind not in TOLD_INSIDE | {Kind.SMALL_COUNT}
    ]
    assert found == []
