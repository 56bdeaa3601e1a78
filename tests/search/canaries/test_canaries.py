"""Words that somebody may not read show on no way out of the portal, whether the index is behind or not.

domain.md invariants 2 and 9; each word stands in one kind of closed text and nowhere else.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from audit_pages.panels import trend_of
from learning.access.matrix import Right
from learning.people.models import StaffMember
from learning.people.roles import Role
from search.ledger.draining import drain
from search.queries.search_query import SearchQuery
from search.results.finding import Found, find
from search.suggestions.spelling import corrected
from tests.search.canaries.conftest import (
    CLOSED_LATER,
    LONG_AGO,
    NEVER_PUBLISHED,
    THEME,
    TOGETHER,
    Pages,
    Ways,
)

pytestmark = pytest.mark.django_db

OUTSIDERS = ("stranger", "it_support", "front_line", "other_group")
READING_OUTSIDERS = ("front_line", "other_group")
EVERY_WORD = {**CLOSED_LATER, **NEVER_PUBLISHED}
MUST_SHOW_WHILE_OPEN = (
    "results", "newest results", "results of a quarter", "CSV", "CSV of everything", "typing",
    "theme page", "findings", "bookmarks", "pack", "printed pack", "PowerPoint",
)  # fmt: skip


def leaks(told: dict[str, str], words: dict[str, str]) -> list[str]:
    """`way: kind of text` wherever a word shows."""
    return [
        f"{way}: {kind}"
        for way, said in told.items()
        for kind, word in words.items()
        if word in said.lower()
    ]


def asked(text: str, reader: StaffMember, **choices: Any) -> Found:
    return find(SearchQuery(text=text, **choices), reader)


def counted(found: Found) -> dict[str, dict[str, int]]:
    return {name: dict(counts) for name, counts in found.facets.items() if counts}


def assert_nothing_leaks(
    readers: dict[str, StaffMember], ways_of: Callable[[str], Ways], moment: str
) -> None:
    for name in OUTSIDERS:
        ways = ways_of(name)
        assert leaks(ways.told(), EVERY_WORD) == [], f"{name}, {moment}"
    assert leaks(ways_of("other_group").beginnings(), EVERY_WORD) == [], moment
    for name in READING_OUTSIDERS:
        assert_no_count_tells(readers[name], moment)


def assert_no_count_tells(reader: StaffMember, moment: str) -> None:
    """Totals, facets, spellings and trends are as if the pages were not there."""
    for kind, word in EVERY_WORD.items():
        found = asked(word, reader)
        shown = (found.total, found.total_all_words, list(found.hits), counted(found))
        assert shown == (0, 0, [], {}), f"{kind}, {moment}"
        assert corrected(asked(word[:5] + word[6:], reader), reader) is None, f"{kind}, {moment}"
    together = asked(TOGETHER, reader)
    assert together.total == together.total_all_words == 1, moment
    assert together.best_bets == []
    assert LONG_AGO not in together.facets["quarter"]
    assert together.facets["theme"] == {THEME: 1}
    assert asked("", reader, facets={"quarter": (LONG_AGO,)}).total == 0
    assert LONG_AGO not in trend_of(THEME, reader).quarters


def test_closed_words_show_to_nobody_outside_before_and_after_the_drain(
    pages: Pages, readers: dict[str, StaffMember], ways_of: Callable[[str], Ways], engine: str
):
    for name in READING_OUTSIDERS:  # whatever is kept for a while is kept from now on
        ways_of(name).told_by("results", "marking words", "typing", "related", "theme page", "home")
    pages.close()
    assert_nothing_leaks(readers, ways_of, "index behind")
    assert drain().settled
    assert_nothing_leaks(readers, ways_of, "index up to date")


def test_while_they_are_open_every_way_shows_them(
    pages: Pages, readers: dict[str, StaffMember], ways_of: Callable[[str], Ways], engine: str
):
    told = ways_of("front_line").told()
    assert leaks(told, NEVER_PUBLISHED) == []
    for way in MUST_SHOW_WHILE_OPEN:
        assert leaks({way: told[way]}, CLOSED_LATER) != [], way
    if engine == "elasticsearch":
        assert leaks({"words": told["marking words"]}, CLOSED_LATER) != []
        near = ways_of("front_line").beginnings()
        assert leaks({way: near[way] for way in near if way.startswith("near")}, CLOSED_LATER)
    reader = readers["front_line"]
    assert asked(TOGETHER, reader).total == 1 + len(pages.all)
    assert LONG_AGO in trend_of(THEME, reader).quarters
    assert leaks(ways_of("stranger").told(), EVERY_WORD) == []
    assert leaks(ways_of("it_support").told(), EVERY_WORD) == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.QA_OFFICER, Role.AUDIT_ADMIN])
def test_the_desk_finds_drafts_for_those_who_see_the_tree_and_evidence_for_nobody(
    pages: Pages, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember], role: Role
):
    desk = Ways(sign_in(role), person(role), pages)
    told = desk.told_by("desk's search", "desk's chooser", "desk", "results")
    assert leaks(told, {"evidence": NEVER_PUBLISHED["evidence"]}) == []
    drafts = {"draft": NEVER_PUBLISHED["draft"]}
    if Right.SEE_TREE.allows(role):
        assert leaks({"search": told["desk's search"]}, drafts) == ["search: draft"]
    else:
        assert leaks({"search": told["desk's search"]}, drafts) == []
    assert leaks({"results": told["results"]}, NEVER_PUBLISHED) == []


def test_a_member_of_the_group_goes_on_finding_what_is_theirs(
    pages: Pages, readers: dict[str, StaffMember], ways_of: Callable[[str], Ways]
):
    pages.close()
    theirs = {kind: CLOSED_LATER[kind] for kind in ("private", "moved")}
    others = {kind: word for kind, word in EVERY_WORD.items() if kind not in theirs}
    for _ in ("behind", "up to date"):
        told = ways_of("insider").told_by(
            "results", "newest results", "CSV", "typing", "theme page"
        )
        for kind, word in theirs.items():
            assert asked(word, readers["insider"]).total == 3
            assert leaks({"results": told["results"], "CSV": told["CSV"]}, {kind: word})
        assert leaks(told, others) == []
        drain()
