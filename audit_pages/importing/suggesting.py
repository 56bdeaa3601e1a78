"""Themes suggested from a text's own words, for an editor to confirm or turn down.

Precision first. Names of several words are compared by their stems; a name of one word counts only
as it is written, so that “Recording” is not suggested by “recorded”; and a text gets a few themes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from django.db.models import QuerySet

from audit_pages.importing.models import DismissedTheme, ThemeTag
from learning.vocabulary.models import Theme

MOST_SUGGESTIONS = 4
"""A text has one to four themes (domain.md C5)."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_stemmer = snowballstemmer.stemmer("english")

Phrases = dict[str, list[tuple[tuple[str, ...], int]]]
"""First word or stem → the names that begin with it, each with its theme's id."""


ORDINARY_WORDS = frozenset({"safety", "missing"})
"""Labels that are everyday words as well: their themes are suggested by their other names."""


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _stemmer.stemWord(word)


def _one(word: str) -> str:
    """A single word as it is compared: singular and plural are the same."""
    return f"={word.removesuffix('s')}"


def words_of(text: str) -> list[str]:
    """The text's words in order, in small letters and without a possessive ending."""
    found = _WORD.findall(text.replace("’", "'").lower())
    return [word.removesuffix("'s").replace("'", "") for word in found]


def phrases_of(themes: Iterable[Theme]) -> Phrases:
    """Every name of the themes, ready to be looked for."""
    phrases: Phrases = {}
    for theme in themes:
        for name in theme.names:
            key = _key_of(words_of(str(name)))
            if key:
                phrases.setdefault(key[0], []).append((key, theme.pk))
    return phrases


def _key_of(words: list[str]) -> tuple[str, ...]:
    if len(words) != 1:
        return tuple(_stem(word) for word in words)
    return () if words[0] in ORDINARY_WORDS else (_one(words[0]),)


def themes_in(text: str, phrases: Phrases) -> list[int]:
    """Ids of up to four themes that the text names; those named by more words first."""
    words = words_of(text)
    stems = [_stem(word) for word in words]
    named: dict[int, set[tuple[str, ...]]] = {}
    for place, word in enumerate(words):
        for key, theme_id in phrases.get(_one(word), ()):
            named.setdefault(theme_id, set()).add(key)
        for key, theme_id in phrases.get(stems[place], ()):
            if tuple(stems[place : place + len(key)]) == key:
                named.setdefault(theme_id, set()).add(key)
    weight = {theme_id: sum(map(len, names)) for theme_id, names in named.items()}
    return sorted(weight, key=lambda theme_id: (-weight[theme_id], theme_id))[:MOST_SUGGESTIONS]


@dataclass(frozen=True)
class Suggested:
    """Suggestions that are new, and those that went, each as (page, theme)."""

    added: frozenset[tuple[int, int]]
    removed: frozenset[tuple[int, int]]

    @property
    def page_ids(self) -> set[int]:
        """Pages whose suggestions are others now."""
        return {page for page, _ in self.added | self.removed}


def suggest_themes(texts: dict[int, str]) -> Suggested:
    """What changed. Confirmed themes stay, and what was turned down stays down."""
    phrases = phrases_of(Theme.objects.filter(is_active=True))
    wanted = {(page, theme) for page, text in texts.items() for theme in themes_in(text, phrases)}
    tags = ThemeTag.objects.filter(page_id__in=texts)
    removed = _remove_stale(tags, wanted)
    wanted -= set(tags.values_list("page_id", "theme_id"))
    wanted -= set(
        DismissedTheme.objects.filter(page_id__in=texts).values_list("page_id", "theme_id")
    )
    ThemeTag.objects.bulk_create(
        [ThemeTag(page_id=page, theme_id=theme) for page, theme in sorted(wanted)],
        ignore_conflicts=True,
    )
    return Suggested(frozenset(wanted), removed)


def _remove_stale(
    tags: QuerySet[ThemeTag], wanted: set[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """Suggestions that the words no longer bear out go; which they were."""
    stale = [
        tag for tag in tags.filter(is_confirmed=False) if (tag.page_id, tag.theme_id) not in wanted
    ]
    tags.filter(pk__in=[tag.pk for tag in stale], is_confirmed=False).delete()
    return frozenset((tag.page_id, tag.theme_id) for tag in stale)
