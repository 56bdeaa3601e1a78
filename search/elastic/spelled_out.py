"""A question that brings its synonyms along: for words that the index was not built with.

The index's own analyser puts synonyms into a question while it reads it, and cannot be lent others.
So every stretch is sent as stems, each of its alternatives scored as the analyser would have it: a
word in the field where it fits best, a phrase as a phrase, the best of them counting most.
"""

from collections.abc import Iterable, Sequence

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from search.elastic.mapping import TEXT_FIELDS
from search.engines.contract import Trial, Words
from search.words.synonyms import Group, Terms

TIE_BREAKER = 0.3
"""As in the ordinary question."""


def any_word(words: Words, trial: Trial) -> Iterable[Query]:
    """The stretches with their alternatives; where there are any, the words as typed too."""
    if words.has_synonyms:
        yield _either([_stretch(group, trial) for group in words.counting])
    typed = [(term,) for group in words.counting for term in group.terms]
    yield _either([_best([_scored(term), *written([term], trial)]) for term in typed])


def written(
    phrases: Iterable[Terms], trial: Trial, fields: Sequence[str] = TEXT_FIELDS
) -> list[Query]:
    """Words as they stand in the text, for each phrase of one word that others would move to."""
    exact = [_exact(name) for name in fields]
    return [
        _multi(word, "cross_fields", exact)
        for phrase in phrases
        if len(phrase) == 1
        for word in trial.moved.get(phrase[0], ())
    ]


def _exact(field: str) -> str:
    """`title^2` → `title.exact^2`."""
    name, _, boost = field.partition("^")
    return f"{name}.exact^{boost}" if boost else f"{name}.exact"


def _stretch(group: Group, trial: Trial) -> Query:
    scored = [_scored(phrase) for phrase in group.alternatives]
    return _best([*scored, *written(group.alternatives, trial)])


def _scored(terms: Terms) -> Query:
    kind = "cross_fields" if len(terms) == 1 else "phrase"
    return _multi(" ".join(terms), kind, TEXT_FIELDS)


def _multi(text: str, kind: str, fields: Sequence[str]) -> Query:
    return Q(
        "multi_match", query=text, type=kind, fields=list(fields),
        tie_breaker=TIE_BREAKER, analyzer="whitespace",
    )  # fmt: skip


def _best(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q(
        "dis_max", queries=queries, tie_breaker=TIE_BREAKER
    )  # fmt: skip


def _either(queries: list[Query]) -> Query:
    return Q("bool", should=queries, minimum_should_match=1)
