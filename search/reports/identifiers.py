"""Whether a search text could name or number a person; if in doubt, it could."""

import re
from itertools import pairwise

from learning.disclosure.finding import find_identifiers
from learning.disclosure.kinds import NAMES_NOBODY
from search.suggestions.vocabulary import strange_tokens
from search.words.in_use import WordsInUse

CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][a-z'’\-]+")
SUSPICIOUS = [
    re.compile(r"[0-9][0-9\s/.\-]{3,}"),
    re.compile(r"@"),
    re.compile(r"https?:|www\."),
    re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\b"),
    re.compile(r"\b[A-Za-z]{2}\s?[0-9]{2}\b"),
    re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)\b", re.IGNORECASE),
]
"""Runs of digits, addresses, postcodes, national insurance beginnings, days of a month."""


def could_identify(text: str, words: WordsInUse) -> bool:
    """True for digits in a row, e-mail and web addresses, postcodes, names written as names, the
    service's own people and places in whatever letters, and two words side by side that no page
    knows: a name in small letters looks like that."""
    if any(pattern.search(text) for pattern in SUSPICIOUS):
        return True
    capitalised = CAPITALISED.findall(text)
    begins_the_text = bool(capitalised) and text.lstrip("\"“'‘ ").startswith(capitalised[0])
    if len(capitalised) - begins_the_text > 0:
        return True
    found = {span.kind for span in find_identifiers(text)}
    return bool(found - NAMES_NOBODY) or _has_strangers_side_by_side(text, words)


def _has_strangers_side_by_side(text: str, words: WordsInUse) -> bool:
    """Whether two words that stand in no page and no line of synonyms follow one another."""
    return any(
        not text[first.end : second.start].strip(" '’\"“”-,.")
        for first, second in pairwise(strange_tokens(text, words))
    )
