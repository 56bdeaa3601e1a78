"""What must be true of a new index before searches may read it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import fmean

from audit_pages.publishing.records import EVERYONE
from search.elastic.building import is_read
from search.elastic.client import writing
from search.elastic.comparing import held_documents
from search.elastic.engine import ElasticEngine
from search.engines.contract import EngineRequest
from search.evaluation.measures import ndcg
from search.ledger.models import IndexBuild, LedgerRow, Projection, ProjectionValue
from search.queries.reading import words_of_query
from search.words.in_use import WordsInUse, analyser_for
from search.words.models import BestBet, WordsSnapshot

PAGES_TRIED = 20
"""How many pages are looked for by their own titles."""
FEWEST_JUDGED, MOST_JUDGED = 8, 60
"""Editors' best bets are the judgments; too few of them say nothing."""
LEAST_SHARED = 0.9
"""Only an index with nearly the same documents can say what the words have changed."""
MAY_LOSE = 0.05
"""What the best bets' mean nDCG at ten may lose by a change of words."""


def words_of(snapshot: WordsSnapshot) -> WordsInUse:
    """The words as the snapshot has them, without tags and best bets."""
    analyser, synonyms = analyser_for(snapshot.overrides, snapshot.synonyms)
    return WordsInUse(snapshot.pk, analyser, synonyms)


def faults(index: str, words: WordsInUse) -> list[str]:
    """Why this index must not be read, in sentences; empty when it may be."""
    return [
        *_count_faults(index),
        *_canary_faults(index, words),
        *_relevance_faults(index, words),
    ]


def _count_faults(index: str) -> Iterator[str]:
    """Documents that are not there, left over or old; those that a drainer is about to write are no
    fault."""
    held, should = held_documents(index), dict(_projected())
    behind = set(LedgerRow.objects.filter(dirty=True).values_list("page_id", flat=True))
    amiss = (held.keys() ^ should.keys()) - behind
    if amiss:
        yield f"It holds {len(held)} documents and should hold {len(should)}."
    both = held.keys() & should.keys() - behind
    stale = sum(held[key].digest != should[key] for key in both)
    if stale:
        yield f"{stale} documents are not as they were last built."


def _projected() -> Iterator[tuple[int, str]]:
    yield from Projection.objects.filter(gone=False).values_list("page_id", "digest")


def _canary_faults(index: str, words: WordsInUse) -> Iterator[str]:
    engine = ElasticEngine(index, through=writing)
    lost = [
        page_id for page_id, title in _canaries() if page_id not in _found(engine, title, words, 20)
    ]
    if lost:
        yield f"{len(lost)} of {PAGES_TRIED} pages are not found by their own titles: {lost[:5]}."


def _canaries() -> list[tuple[int, str]]:
    """The newest pages that are open to everyone and not about to be written again."""
    behind = LedgerRow.objects.filter(dirty=True).values("page_id")
    rows = Projection.objects.filter(gone=False, page_id__in=_open_pages())
    rows = rows.exclude(page_id__in=behind).order_by("-built_at")
    return list(rows.values_list("page_id", "title")[:PAGES_TRIED])


def _open_pages() -> Iterable[int]:
    opened = ProjectionValue.objects.filter(field="acl", value=EVERYONE)
    return opened.values_list("page_id", flat=True)


def _found(engine: ElasticEngine, text: str, words: WordsInUse, limit: int) -> list[int]:
    asked = words_of_query(text, words, expand=True)
    request = EngineRequest(tokens=frozenset({EVERYONE}), words=asked, limit=limit)
    return [hit.page_id for hit in engine.search(request).hits]


def _relevance_faults(index: str, words: WordsInUse) -> Iterator[str]:
    """The best bets stand lower than in the index that is read now."""
    live = IndexBuild.objects.filter(state=IndexBuild.State.LIVE).first()
    judged = _judged()
    if live is None or len(judged) < FEWEST_JUDGED or not is_read(live):
        return
    if not _has_nearly_the_same(live.name, index):
        return
    before = _quality(live.name, words_of(live.snapshot), judged)
    after = _quality(index, words, judged)
    if after < before - MAY_LOSE:
        yield f"What editors put first is found less well: {after:.2f} instead of {before:.2f}."


def _has_nearly_the_same(one: str, other: str) -> bool:
    """Whether the two indices share nine in ten of their documents: many that wait to be indexed, such as
    an import, move what stands first whatever the words are."""
    first, second = held_documents(one).keys(), held_documents(other).keys()
    return len(first & second) >= LEAST_SHARED * len(first | second)


def _judged() -> dict[str, dict[str, int]]:
    """Query → the pages that editors put first for it, of those open to everyone."""
    opened, judged = set(_open_pages()), dict[str, dict[str, int]]()
    for query, page_id in BestBet.objects.order_by("pk").values_list("query", "page_id"):
        if page_id in opened:
            judged.setdefault(query, {})[str(page_id)] = 1
    return dict(islice(judged.items(), MOST_JUDGED))


def _quality(index: str, words: WordsInUse, judged: dict[str, dict[str, int]]) -> float:
    engine = ElasticEngine(index, through=writing)
    return fmean(
        ndcg([str(page_id) for page_id in _found(engine, query, words, 10)], grades)
        for query, grades in judged.items()
    )
