"""How much room text takes on a slide.

Measured with the widest face that a computer may put in place of Arial (DejaVu Sans, Verdana), so that
what fits here fits everywhere; nothing needs to be installed for it.
"""

import re
import unicodedata
from collections.abc import Iterator

from audit_pages.packs.deck.paragraphs import Paragraph, Run

# Hundredths of the size of type, for the characters from the space to the tilde.
_WIDTHS = [
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34),
    *(64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53),
    *(100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79),
    *(60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50),
    *(50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61),
    *(63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
]
_OTHER, _WIDE, _BOLD = 66, 105, 1.13
_SAFETY = 1.03
LINE = 1.2
"""Height of a line, in sizes of type."""
GAP = 0.45
"""Room after a paragraph, in sizes of type."""
INDENT = 1.5
"""How far a list item stands in, in sizes of type."""
BEFORE_HEADING = 0.5
"""Further room above a heading, in sizes of type."""
_LONGEST_TOKEN = 30
_TOKEN = re.compile(r"\S+\s*|\s+")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Points that the text is wide on one line."""
    total = sum(_width(character) for character in text)
    return total / 100 * size * _SAFETY * (_BOLD if bold else 1)


def _width(character: str) -> int:
    place = ord(character) - 32
    if 0 <= place < len(_WIDTHS):
        return _WIDTHS[place]
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def tokens_of(paragraph: Paragraph) -> Iterator[Run]:
    """The words of a paragraph with the space after them; overlong words in pieces."""
    for run in paragraph.runs:
        for word in _TOKEN.findall(run.text):
            for start in range(0, len(word), _LONGEST_TOKEN):
                yield Run(word[start : start + _LONGEST_TOKEN], run.bold, run.italic)


def lines_of(paragraph: Paragraph, size: float, width: float) -> list[list[Run]]:
    """The paragraph's words, line by line."""
    room = width - (size * INDENT if paragraph.style in ("bullet", "number", "continued") else 0)
    lines: list[list[Run]] = [[]]
    used = 0.0
    for token in tokens_of(paragraph):
        wide = width_of(token.text.rstrip(), size, token.bold)
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0.0
        lines[-1].append(token)
        used += width_of(token.text, size, token.bold)
    return lines


def height_of(paragraph: Paragraph, size: float, width: float) -> float:
    """Points that the paragraph is high, with the room around it."""
    above = size * BEFORE_HEADING if paragraph.style == "heading" else 0
    return above + len(lines_of(paragraph, size, width)) * size * LINE + size * GAP


def fitting_size(text: str, *, width: float, height: float, sizes: tuple[int, ...]) -> int:
    """The largest of `sizes` (falling) at which a bold heading fits its box; else the smallest."""
    paragraph = Paragraph((Run(text, bold=True),))
    for size in sizes:
        if len(lines_of(paragraph, size, width)) * size * LINE <= height:
            return size
    return sizes[-1]
