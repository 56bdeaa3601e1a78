"""Elasticsearch cuts words exactly as Python does: every text that the portal comes with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.analysis import stemming_differences
from search.elastic import analysis
from search.elastic.building import make_index, new_name
from search.elastic.client import index_client
from search.words.snapshots import snapshot_in_use

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

ROOT = Path(__file__).parents[3]
AWKWARD = """s47 s.47 s. 47 sections 17 and 47 section 47(1) S20a council's 3 homes children's childrens'
O'Brien’s rock'n'roll e.g. i.e. Ph.D. a_b c:d café NAÏVE Ærø straße İstanbul ﬁnding 3,340 10.5 £20 16-17 2025/26
organize ORGANIZATIONS size prizes recognized 日本語 ελληνικά кириллица हिन्दी x² ½ ⅷ ½'s don't ’tis it’s"""


@pytest.fixture
def index(db: None) -> Iterator[str]:
    name = new_name()
    make_index(name, snapshot_in_use())
    yield name
    index_client().indices.delete(index=name)


def texts() -> Iterator[str]:
    yield from AWKWARD.splitlines()
    yield " ".join(stemming_differences.WORDS)
    for folder in ("portal/demo", "audit_pages/starter", "learning/vocabulary/starter"):
        for path in sorted((ROOT / folder).rglob("*.toml")):
            yield path.read_text(encoding="utf-8")


def analysed_there(index: str, analyser: str, text: str) -> list[tuple[str, int, int]]:
    """The server's terms with their places."""
    answer = index_client().indices.analyze(index=index, analyzer=analyser, text=text)
    return [(t["token"], t["start_offset"], t["end_offset"]) for t in answer["tokens"]]


def in_lines(text: str) -> Iterator[str]:
    """The text in stretches that the server's limit of 10,000 tokens allows."""
    lines = text.splitlines()
    for start in range(0, len(lines), 40):
        yield "\n".join(lines[start : start + 40])


def test_every_term_of_every_text_is_the_same(index, words):
    compared = 0
    for text in texts():
        for stretch in in_lines(text):
            here = words.analyser.terms(stretch)
            there = [term for term, _, _ in analysed_there(index, analysis.INDEXED, stretch)]
            assert there == here
            compared += len(here)
    assert compared > 10_000


def test_the_search_side_adds_synonyms_to_the_same_terms(index, words):
    there = {term for term, _, _ in analysed_there(index, analysis.SEARCHED, "dads at home")}
    assert there >= {"dad", "father", "at", "home", "hidden", "men"}


def test_every_starter_synonym_is_taken_by_the_server(index, words):
    lines = snapshot_in_use().synonyms.splitlines()
    assert len(lines) > 70
    for line in lines:
        left = line.split("=>")[0].split(",")[0]
        there = {term for term, _, _ in analysed_there(index, analysis.SEARCHED, left)}
        others = words.synonyms.groups(left)[0].others
        phrases = {tuple(words.analyser.terms(phrase)) for phrase in line.split(",")}
        assert others or len(phrases) == 1, line
        assert there >= {term for other in others for term in other}
