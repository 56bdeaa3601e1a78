"""Pouring text into slides: in the largest size that fits one, else over several, and never cut off."""

from dataclasses import dataclass, replace

from audit_pages.packs.deck.measure import GAP, LINE, height_of, lines_of
from audit_pages.packs.deck.paragraphs import Paragraph, Run

SMALLEST = 16
"""Points; nothing that is to be read from the back of a room is smaller."""


@dataclass(frozen=True)
class Box:
    """The room that a text has on its slide, in points."""

    width: float
    height: float


@dataclass(frozen=True)
class Poured:
    """Paragraphs as they stand on one slide after the other, all of one size."""

    size: int
    slides: list[list[Paragraph]]


def pour(paragraphs: list[Paragraph], box: Box, sizes: tuple[int, ...]) -> Poured:
    """The text in the largest of `sizes` (falling) that fits one slide; else spread evenly."""
    for size in sizes:
        if total_height(paragraphs, size, box.width) <= box.height:
            return Poured(size, [paragraphs])
    size = next((size for size in sizes if size <= 20), sizes[-1])
    return Poured(size, _spread(paragraphs, size, box))


def fits(paragraphs: list[Paragraph], box: Box, size: int) -> bool:
    return total_height(paragraphs, size, box.width) <= box.height


def total_height(paragraphs: list[Paragraph], size: float, width: float) -> float:
    """Points that the paragraphs are high together; after the last one no room is needed."""
    if not paragraphs:
        return 0.0
    return sum(height_of(paragraph, size, width) for paragraph in paragraphs) - size * GAP


def _spread(paragraphs: list[Paragraph], size: int, box: Box) -> list[list[Paragraph]]:
    """As few slides as hold the text, filled about evenly."""
    fewest = _fill(paragraphs, size, box)
    low, high = box.height / 2, box.height
    best = fewest
    for _ in range(6):
        middle = (low + high) / 2
        tried = _fill(paragraphs, size, Box(box.width, middle))
        if len(tried) == len(fewest):
            best, high = tried, middle
        else:
            low = middle
    return best


def _fill(paragraphs: list[Paragraph], size: int, box: Box) -> list[list[Paragraph]]:
    """Slide after slide, each as full as it goes; a heading stays with what it heads."""
    slides: list[list[Paragraph]] = [[]]
    waiting = list(paragraphs)
    while waiting:
        head, rest = _part_that_fits(waiting.pop(0), size, box, slides[-1])
        if head is not None:
            slides[-1].append(head)
        if rest is not None:
            waiting.insert(0, rest)
            slides.append(_headings_at_foot(slides[-1]))
    return slides


def _headings_at_foot(slide: list[Paragraph]) -> list[Paragraph]:
    """Headings at the foot of a full slide, taken off it to begin the next one."""
    taken: list[Paragraph] = []
    while len(slide) > 1 and slide[-1].style == "heading":
        taken.insert(0, slide.pop())
    return taken


def _part_that_fits(
    paragraph: Paragraph, size: int, box: Box, slide: list[Paragraph]
) -> tuple[Paragraph | None, Paragraph | None]:
    """What of the paragraph goes onto the slide, and what is left over."""
    lines = lines_of(paragraph, size, box.width)
    used = total_height([*slide, paragraph], size, box.width) - len(lines) * size * LINE
    fitting = int((box.height - used + 0.01) // (size * LINE))
    if fitting >= len(lines):
        return paragraph, None
    is_begun = any(other.style != "heading" for other in slide)
    if is_begun and (fitting < 2 or len(lines) <= 3 or used > box.height * 0.7):
        return None, paragraph
    return _cut(paragraph, lines, max(1, min(fitting, len(lines) - 1)))


def _cut(
    paragraph: Paragraph, lines: list[list[Run]], at_line: int
) -> tuple[Paragraph, Paragraph | None]:
    """The paragraph in two, at the last sentence's end that leaves at least half of the lines behind."""
    tokens = [token for line in lines for token in line]
    most = sum(len(line) for line in lines[:at_line])
    least = sum(len(line) for line in lines[: (at_line + 1) // 2])
    ends = [place for place in range(least, most + 1) if _ends_sentence(tokens[place - 1].text)]
    place = ends[-1] if ends else most
    style = "continued" if paragraph.style in ("bullet", "number", "continued") else "text"
    head = replace(paragraph, runs=_joined(tokens[:place]))
    rest = Paragraph(_joined(tokens[place:]), style)
    return head, rest


def _ends_sentence(word: str) -> bool:
    return word.rstrip().rstrip("”’\"')").endswith((".", "!", "?"))


def _joined(tokens: list[Run]) -> tuple[Run, ...]:
    """Words of one look beside each other as one run again."""
    runs: list[Run] = []
    for token in tokens:
        if runs and (runs[-1].bold, runs[-1].italic) == (token.bold, token.italic):
            runs[-1] = replace(runs[-1], text=runs[-1].text + token.text)
        else:
            runs.append(token)
    return tuple(runs)
