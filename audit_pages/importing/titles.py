"""Short names for long texts."""

import unicodedata

from django.utils.text import slugify

LONGEST_TITLE = 110
_SMALL_WORDS = frozenset({"and", "of", "on", "upon", "the", "in", "with", "under"})


def shown(text: str) -> str:
    """The text on one line, without characters that are unseen or turn their neighbours round."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Co", "Cn"))
    return " ".join(kept.split())


def title_of(text: str, reference: str) -> str:
    """The first words of the text, cut at a word's end; the reference when no word is visible."""
    line = shown(text)
    if not any(unicodedata.category(c)[0] in "LNPS" for c in line):
        return f"Finding {shown(reference)}".strip()
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return at_word.rstrip(" ,;:–-") + "…"


def as_name(name: str) -> str:
    """A council's name with its capitals, when the file has it all in small letters."""
    if name != name.lower():
        return name
    words = name.replace("-", " - ").split(" ")
    named = [
        word if word in _SMALL_WORDS and place else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    ]
    return " ".join(named).replace(" - ", "-")


def slug_of(reference: str) -> str:
    """A web address for the reference; empty when none of its characters may stand in one."""
    return slugify(reference)[:60].strip("-")
