"""The analyser of `search.analysis`, said in Elasticsearch's words. A test compares the two.

A query comes here without the small words that were set aside in Python, so that no stop filter is
needed, and synonyms stand after the stemmer: they meet stems, as they do in the database engine.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from search.analysis.analyser import IZE, MAXIMUM_WORD
from search.analysis.folding import ALIKE
from search.analysis.stemming_differences import stems_to_tell
from search.analysis.tokens import SECTION_PREFIX, SECTION_WORD

INDEXED = "learning"
"""Analyser of the index side, and of searches without synonyms."""
SEARCHED = "learning_search"
"""Analyser of the search side, with synonyms."""
EXACT = "learning_exact"
PREFIXES = "learning_prefixes"
TYPED = "learning_typed"
SHINGLES = "learning_shingles"

LONGEST_PREFIX = 15

_WORD = r"[\p{L}\p{N}](?:[\p{L}\p{N}]|[\u0300-\u036f])*(?:'(?:\p{L}|[\u0300-\u036f])+)*"


def analysis_settings(overrides: Mapping[str, str], synonyms: Iterable[str]) -> dict[str, Any]:
    """The `analysis` part of an index's settings."""
    lines = [_escaped(line) for line in synonyms]
    rules = [f"{word} => {found}" for word, found in {**stems_to_tell(), **overrides}.items()]
    stems = ["override", "porter2", "cut_terms"]
    words = ["possessive", "lowercase", "asciifolding", "ise"]
    filters: dict[str, Any] = {
        "possessive": {"type": "stemmer", "language": "possessive_english"},
        "ise": {"type": "pattern_replace", "pattern": IZE.pattern, "replacement": "$1is$2"},
        "override": {"type": "stemmer_override", "rules": rules},
        "porter2": {"type": "stemmer", "language": "porter2"},
        "beginnings": {"type": "edge_ngram", "min_gram": 2, "max_gram": LONGEST_PREFIX},
        "cut": {"type": "truncate", "length": LONGEST_PREFIX},
        "shingle": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 3},
        "cut_terms": {"type": "truncate", "length": MAXIMUM_WORD},
    }
    if lines:
        filters["synonyms"] = {"type": "synonym_graph", "synonyms": lines, "lenient": False}
    return {
        "char_filter": _char_filters(),
        "tokenizer": {"words": {"type": "pattern", "pattern": _WORD, "group": 0}},
        "filter": filters,
        "analyzer": {
            INDEXED: _analyser([*words, *stems]),
            SEARCHED: _analyser([*words, *stems, *(["synonyms"] if lines else [])]),
            EXACT: _analyser(words),
            PREFIXES: _analyser([*words, "beginnings"]),
            TYPED: _analyser([*words, "cut"]),
            SHINGLES: _analyser([*words, "shingle"]),
        },
    }


def _analyser(filters: list[str]) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": ["alike", "section"],
        "tokenizer": "words",
        "filter": filters,
    }


def _char_filters() -> dict[str, Any]:
    alike = [f"\\u{ord(odd):04x} => \\u{ord(plain):04x}" for odd, plain in ALIKE.items()]
    return {
        "alike": {"type": "mapping", "mappings": alike},
        "section": {
            "type": "pattern_replace",
            "pattern": SECTION_PREFIX,
            "replacement": SECTION_WORD,
        },
    }


def _escaped(line: str) -> str:
    """The line without backslashes, which the server would read as escapes."""
    return line.replace("\\", " ")
