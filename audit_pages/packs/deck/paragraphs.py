"""Text as paragraphs with plain formatting, whether it came from an editor's page or a presenter's box."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from audit_pages.packs.characters import writable

_MARK = re.compile(r"^(?:(?P<bullet>[-•*]) +|(?P<number>\d{1,3})[.)] +)")
_BLOCKS = {"p", "li", "h2", "h3", "h4", "h5", "blockquote", "div", "td", "th", "dt", "dd"}


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `style`: text, bullet, number, heading, or continued (the rest of a list item)."""

    runs: tuple[Run, ...]
    style: str = "text"
    number: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def heading(text: str) -> Paragraph:
    return Paragraph((Run(writable(text), bold=True),), "heading")


def plain(text: str) -> Paragraph:
    return Paragraph((Run(writable(text)),))


def bullet(text: str) -> Paragraph:
    return Paragraph((Run(writable(text)),), "bullet")


def typed(text: str) -> list[Paragraph]:
    """What somebody typed: a blank line parts paragraphs, `- ` makes a bullet, `1. ` a numbered item."""
    found: list[Paragraph] = []
    is_new = True
    for line in (raw.strip() for raw in writable(text).split("\n")):
        if not line:
            is_new = True
            continue
        mark = _MARK.match(line)
        if mark or is_new or not found:
            found.append(_marked(line, mark))
        else:
            found[-1] = replace(found[-1], runs=(Run(f"{found[-1].text} {line}"),))
        is_new = False
    return found


def _marked(line: str, mark: re.Match[str] | None) -> Paragraph:
    if mark is None:
        return Paragraph((Run(line),))
    rest = (Run(line[mark.end() :]),)
    if mark["number"]:
        return Paragraph(rest, "number", int(mark["number"]))
    return Paragraph(rest, "bullet")


def of_html(html: str) -> list[Paragraph]:
    """The paragraphs of rich text; links keep their words, pictures have none."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(reader.finished())


class _Reader(HTMLParser):
    """Collects runs, and closes a paragraph at every block's edge."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Paragraph] = []
        self._runs: list[Run] = []
        self._lists: list[int | None] = []
        self._style, self._number = "text", 0
        self._bold = self._italic = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._close()
            self._lists.append(0 if tag == "ol" else None)
        elif tag in _BLOCKS:
            self._close()
            self._open(tag)
        elif tag == "br":
            self._runs.append(Run(" "))
        self._bold += tag in ("b", "strong")
        self._italic += tag in ("i", "em")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._close()
            del self._lists[-1:]
        elif tag in _BLOCKS:
            self._close()
        self._bold -= tag in ("b", "strong") and self._bold > 0
        self._italic -= tag in ("i", "em") and self._italic > 0

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", writable(data))
        if text:
            self._runs.append(Run(text, bool(self._bold), bool(self._italic)))

    def _open(self, tag: str) -> None:
        if tag.startswith("h"):
            self._style = "heading"
        elif tag == "li" and self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._style, self._number = "number", self._lists[-1]
        elif tag == "li":
            self._style = "bullet"

    def _close(self) -> None:
        runs = _trimmed(self._runs)
        if runs:
            self._done.append(Paragraph(runs, self._style, self._number))
            self._style, self._number = "text", 0
        self._runs = []

    def finished(self) -> Iterator[Paragraph]:
        self._close()
        yield from self._done


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without space at either end, and without empty ones."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if not kept:
        return ()
    kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(run for run in kept if run.text)
