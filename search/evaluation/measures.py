"""How good a ranking is, by judgments of what should be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

Judgments = Mapping[str, Mapping[str, int]]
"""Query → document → grade; a grade above 0 is relevant."""


@dataclass(frozen=True)
class Measures:
    """Means over the judged queries; the last is the share of queries that found nothing."""

    ndcg_at_10: float
    mean_average_precision: float
    recall_at_100: float
    zero_result_rate: float
    queries: int


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Discounted gain of the first `depth` documents over the best possible; gain is 2^grade −
    1."""
    gained = _gain([grades.get(document, 0) for document in ranking[:depth]])
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return gained / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2 ** max(grade, 0) - 1) / log2(place + 2) for place, grade in enumerate(grades))


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean of the precision at each relevant document, over all that are relevant."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    found, total = 0, 0.0
    for place, document in enumerate(ranking, start=1):
        if document in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 100) -> float:
    """The share of the relevant documents among the first `depth`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def measure(rankings: Mapping[str, Sequence[str]], judgments: Judgments) -> Measures:
    """Means over every judged query that has something to find; one without a ranking counts as
    nothing found."""
    judged = {
        query: grades for query, grades in judgments.items() if max(grades.values(), default=0) > 0
    }
    ranked = {query: rankings.get(query, ()) for query in judged}
    if not judged:
        return Measures(0.0, 0.0, 0.0, 0.0, 0)
    return Measures(
        fmean(ndcg(ranked[query], grades) for query, grades in judged.items()),
        fmean(average_precision(ranked[query], grades) for query, grades in judged.items()),
        fmean(recall(ranked[query], grades) for query, grades in judged.items()),
        fmean(not ranked[query] for query in judged),
        len(judged),
    )
