"""Quoted phrases of a query; everything else in it is plain words, whatever signs it holds."""

import re
from dataclasses import dataclass

QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]")


@dataclass(frozen=True)
class Typed:
    """What stood outside quotation marks, and each phrase that stood inside."""

    loose: str
    phrases: tuple[str, ...]


def split_phrases(text: str) -> Typed:
    """The text parted into loose words and quoted phrases; a lone quotation mark means nothing."""
    phrases = tuple(phrase.strip() for phrase in QUOTED.findall(text) if phrase.strip())
    return Typed(QUOTED.sub(" ", text).replace('"', " "), phrases)
