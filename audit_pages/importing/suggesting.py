"""Themes suggested from a text's own words, for an editor to confirm or turn down.

Precision first: only whole names count, word for word after stemming, and a text gets a few themes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from audit_pages.importing.models import DismissedTheme, ThemeTag
from learning.vocabulary.models import Theme

MOST_SUGGESTIONS = 4
"""A text has one to four themes (domain.md C5)."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_stemmer = snowballstemmer.stemmer("english")

Phrases = dict[str, list[tuple[tuple[str, ...], int]]]
"""First word → the names that begin with it, each with its theme's id."""


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _stemmer.stemWord(word.removesuffix("'s").replace("'", ""))


def words_of(text: str) -> list[str]:
    """The stems of the text's words, in order."""
    return [_stem(word) for word in _WORD.findall(text.replace("’", "'").lower())]


def phrases_of(themes: Iterable[Theme]) -> Phrases:
    """Every name of the themes, ready to be looked for."""
    phrases: Phrases = {}
    for theme in themes:
        for name in theme.names:
            stems = tuple(words_of(str(name)))
            if stems:
                phrases.setdefault(stems[0], []).append((stems, theme.pk))
    return phrases


def themes_in(text: str, phrases: Phrases) -> list[int]:
    """Ids of up to four themes that the text names; those named by more words first."""
    words = words_of(text)
    named: dict[int, set[tuple[str, ...]]] = {}
    for place, word in enumerate(words):
        for stems, theme_id in phrases.get(word, ()):
            if tuple(words[place : place + len(stems)]) == stems:
                named.setdefault(theme_id, set()).add(stems)
    weight = {theme_id: sum(map(len, names)) for theme_id, names in named.items()}
    return sorted(weight, key=lambda theme_id: (-weight[theme_id], theme_id))[:MOST_SUGGESTIONS]


def suggest_themes(texts: dict[int, str]) -> int:
    """How many suggestions are new. Confirmed themes stay, and what was turned down stays down."""
    phrases = phrases_of(Theme.objects.filter(is_active=True))
    wanted = {(page, theme) for page, text in texts.items() for theme in themes_in(text, phrases)}
    tags = ThemeTag.objects.filter(page_id__in=texts)
    stale = [
        tag.pk
        for tag in tags.filter(is_confirmed=False)
        if (tag.page_id, tag.theme_id) not in wanted
    ]
    tags.filter(pk__in=stale).delete()
    wanted -= set(tags.values_list("page_id", "theme_id"))
    wanted -= set(
        DismissedTheme.objects.filter(page_id__in=texts).values_list("page_id", "theme_id")
    )
    ThemeTag.objects.bulk_create(
        [ThemeTag(page_id=page, theme_id=theme) for page, theme in sorted(wanted)],
        ignore_conflicts=True,
    )
    return len(wanted)
