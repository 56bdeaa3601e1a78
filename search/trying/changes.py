"""A change of words that has not been made: what would be kept, what would go, and the words as
they would be then. Nothing here writes."""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from search.words.in_use import WordsInUse, words_as
from search.words.models import (
    BestBet,
    Exclusion,
    StemOverride,
    SynonymEntry,
    WordsSnapshot,
    stems_of,
)
from search.words.snapshots import same_words, snapshot_in_use, written_by_editors

Row = TypeVar("Row", bound=Model)

WORD_MODELS = (SynonymEntry, StemOverride, BestBet, Exclusion)
"""Every kind of word that editors change."""
MOVE_NOTHING = {"note", "reason"}
"""Fields for other editors, or beside a result: no ranking hangs on them."""


@dataclass(frozen=True)
class Change:
    """Rows that would be kept (new or changed) and rows that would go."""

    kept: tuple[Model, ...] = ()
    gone: tuple[Model, ...] = ()

    def rows(self, model: type[Row]) -> list[Row]:
        """The rows of this kind as they would be."""
        touched = [row.pk for row in (*self.kept, *self.gone) if isinstance(row, model) and row.pk]
        others = list(model._default_manager.exclude(pk__in=touched))
        return others + [row for row in self.kept if isinstance(row, model)]

    def snapshot(self) -> WordsSnapshot:
        """Synonyms and overrides as the next rebuild would take them."""
        lines = "\n".join(sorted(entry.line for entry in self.rows(SynonymEntry)))
        overrides = stems_of(self.rows(StemOverride))
        return WordsSnapshot(synonyms=lines, overrides=overrides, made_at=timezone.now())

    def words(self) -> WordsInUse:
        """The words as searches would use them."""
        return words_as(
            self.snapshot(),
            [(bet.query, bet.page_id, bet.note) for bet in self.rows(BestBet)],
            [(entry.query, entry.page_id) for entry in self.rows(Exclusion)],
        )

    def mark(self) -> str:
        """A mark of the words as they would be: another one, if anybody changes any meanwhile. What
        moves nothing leaves it alone."""
        held = [_values(row) for model in WORD_MODELS for row in self.rows(model)]
        return hashlib.sha256(repr(sorted(held)).encode()).hexdigest()


def _values(row: Model) -> list[str]:
    """What the row says to searches, its place in history aside."""
    own = [
        field
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in MOVE_NOTHING
    ]
    return [row._meta.model_name or "", *(str(getattr(row, field.attname)) for field in own)]


def others_wait() -> bool:
    """Whether words that were changed earlier are not in use yet: they come with this change."""
    return not same_words(written_by_editors(), snapshot_in_use())


def words_moved(before: WordsInUse, after: WordsInUse) -> dict[str, tuple[str, str]]:
    """Each overridden word whose stem changes: the stem it has, and the one it would have."""
    written = {**before.analyser.overrides, **after.analyser.overrides}
    stems = {word: (before.analyser.term(word), after.analyser.term(word)) for word in written}
    return {word: pair for word, pair in stems.items() if pair[0] != pair[1]}


def gathered(moved: dict[str, tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Stem → words that would newly stand under it."""
    under: dict[str, list[str]] = {}
    for word, (_, stem) in moved.items():
        under.setdefault(stem, []).append(word)
    return {stem: tuple(words) for stem, words in under.items()}
