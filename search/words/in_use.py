"""What every search needs and seldom changes: analyser, synonyms and the names of tags, kept for
a few seconds."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from audit_pages.pages.themes import ThemePage
from learning.vocabulary.models import AreaOfWork, Theme
from search.analysis.analyser import Analyser
from search.words.models import BestBet, Exclusion, WordsSnapshot
from search.words.snapshots import snapshot_in_use
from search.words.synonyms import Synonyms, Terms, parse_line

SECONDS_KEPT = 10.0
"""Another process's change to names or best bets shows after this long at the latest."""


@dataclass(frozen=True)
class TagName:
    """A tag and everything it is called."""

    field: str
    code: str
    label: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.field}:{self.code}"


@dataclass(frozen=True)
class WordsInUse:
    """One reading of the words; it does not change while it is used."""

    snapshot_id: int | None
    analyser: Analyser
    synonyms: Synonyms
    tags: tuple[TagName, ...] = ()
    best_bets: Mapping[Terms, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    exclusions: Mapping[Terms, frozenset[int]] = field(default_factory=dict)
    theme_pages: Mapping[str, int] = field(default_factory=dict)
    """Code of a theme → its page."""

    @property
    def labels(self) -> dict[str, str]:
        """`theme:P04` and `area_of_work:fostering` → what they are called."""
        return {tag.key: tag.label for tag in self.tags}

    @cached_property
    def tags_by_terms(self) -> dict[Terms, TagName]:
        """Every name of every tag as terms, and what synonyms make of each. A tag's label comes
        before what another is also called, and both before synonyms."""
        tags = self.tags[::-1]
        meant = {t: tag for tag in tags for name in tag.names for t in self._meanings(name)}
        named = {tuple(self.analyser.terms(n)): tag for tag in tags for n in tag.names}
        labels = {tuple(self.analyser.terms(tag.label)): tag for tag in tags}
        return {terms: tag for terms, tag in (meant | named | labels).items() if terms}

    def _meanings(self, name: str) -> tuple[Terms, ...]:
        """Other ways to say a name, unless it can mean several things."""
        return () if self.synonyms.is_ambiguous(name) else self.synonyms.phrases_meaning(name)

    @cached_property
    def terms_of_labels(self) -> frozenset[Terms]:
        """Labels of several words, and what means the same in several words: nobody writes these
        and means something else."""
        meant = {terms for tag in self.tags for terms in self._meanings(tag.label)}
        return frozenset(terms for terms in meant if len(terms) > 1)

    def key_of(self, text: str) -> Terms:
        """What makes two queries the same: their terms without little words (with them, when
        there are no others)."""
        tokens = self.analyser.tokens(text)
        return tuple(t.term for t in tokens if not t.little) or tuple(t.term for t in tokens)


_kept: tuple[float, WordsInUse] | None = None
_analysers: dict[int | None, tuple[Analyser, Synonyms]] = {}
_lock = Lock()


def words_in_use() -> WordsInUse:
    """The words as they were read at most ten seconds ago."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > SECONDS_KEPT:
        with _lock:
            kept = _kept = (time.monotonic(), read_words())
    return kept[1]


def forget_words(**_: Any) -> None:
    """Read the words afresh at the next search; also a receiver of what changes them."""
    global _kept
    _kept = None


def read_words() -> WordsInUse:
    """The words as the database has them now."""
    return words_as(
        snapshot_in_use(),
        BestBet.objects.values_list("query", "page_id", "note"),
        Exclusion.objects.values_list("query", "page_id"),
    )


def words_as(
    snapshot: WordsSnapshot | None,
    best_bets: Iterable[tuple[str, int, str]],
    exclusions: Iterable[tuple[str, int]],
) -> WordsInUse:
    """These words as searches would use them, with the names of tags as they are now."""
    analyser, synonyms = _reader_of(snapshot)
    reading = WordsInUse(snapshot.pk if snapshot else None, analyser, synonyms, tuple(_tags()))
    bets: dict[Terms, list[tuple[int, str]]] = {}
    for query, page_id, note in best_bets:
        bets.setdefault(reading.key_of(query), []).append((page_id, note))
    excluded: dict[Terms, set[int]] = {}
    for query, page_id in exclusions:
        excluded.setdefault(reading.key_of(query), set()).add(page_id)
    return WordsInUse(
        reading.snapshot_id,
        analyser,
        synonyms,
        reading.tags,
        {key: tuple(found) for key, found in bets.items()},
        {key: frozenset(found) for key, found in excluded.items()},
        dict(ThemePage.objects.filter(live=True).values_list("theme__code", "pk")),
    )


def analyser_for(overrides: Mapping[str, str], lines: str) -> tuple[Analyser, Synonyms]:
    """The analyser and the synonyms of one set of words."""
    analyser = Analyser(overrides)
    return analyser, Synonyms(analyser, map(parse_line, filter(str.strip, lines.splitlines())))


def _reader_of(snapshot: WordsSnapshot | None) -> tuple[Analyser, Synonyms]:
    if snapshot is None:
        return analyser_for({}, "")
    if snapshot.pk is None:  # not kept, so that nobody else will ask for it
        return analyser_for(snapshot.overrides, snapshot.synonyms)
    if snapshot.pk not in _analysers:
        _analysers.clear()
        _analysers[snapshot.pk] = analyser_for(snapshot.overrides, snapshot.synonyms)
    return _analysers[snapshot.pk]


def _tags() -> Iterable[TagName]:
    for theme in Theme.objects.filter(is_active=True):
        yield TagName("theme", theme.code, theme.label, tuple(theme.names))
    for area in AreaOfWork.objects.filter(is_active=True):
        yield TagName("area_of_work", area.code, area.label, (area.label,))
