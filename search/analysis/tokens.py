"""Words of a text with their places. The same cut is asked of Elasticsearch in
`elastic/analysis.py`.

A statute reference (`s47`, `s.47`, `section 47`) is one token, `section47`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.analysis.folding import fold_characters

SECTION_PREFIX = (
    r"(?<![A-Za-z0-9_'])(?:[sS]\.?[ \t\n\r]?|[sS]ections?[ \t\n\r]+)(?=[0-9]{1,3}(?![A-Za-z0-9_]))"
)
"""What stands before the number of a section; not the end of "council's" in "council's 3 homes"."""

SECTION_WORD = "section"

_PIECE = re.compile(
    rf"(?P<section>{SECTION_PREFIX}(?P<number>[0-9]+))|(?P<word>[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:'(?:[^\W\d_]|[\u0300-\u036f])+)*)"
)


class Word(NamedTuple):
    """One word as it stands in the text, folded but neither lower-cased nor stemmed."""

    text: str
    start: int
    end: int


def words_of(text: str, start: int = 0) -> Iterator[Word]:
    """The words of a text in order, with their places in it; from `start` on, where a word begins."""
    for piece in _PIECE.finditer(fold_characters(text), start):
        number = piece["number"]
        yield Word(SECTION_WORD + number if number else piece[0], piece.start(), piece.end())
