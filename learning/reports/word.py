"""The report as a Word document: real headings, header rows that repeat, words for every drawing."""

import re
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from learning.documents import as_bytes, new_document, say, say_labelled, writable
from learning.figures.drawing import as_png, parted_for_paper
from learning.figures.figure import Figure
from learning.reports.assembling import ReadPart, ReadReport
from learning.reports.documents import ADDED, added_lines, board_lines, front_lines

PICTURE_WIDTH = Cm(15.5)
TEXT_WIDTH = Cm(16.9)
USUAL, SMALL = Pt(9), Pt(8)
MANY_COLUMNS = 6
LETTERS_IN_A_LINE, BESIDE_WORDS, A_LOT, BOLD = 115, 3, 150, 1.15
"""Of the smaller type; what the space beside the words takes up; more than so many make a column no wider; bold
letters are wider by so much."""
_PARTS = re.compile(r"[^\s-]+-?|-")


def as_docx(read: ReadReport, taken_by: Any) -> bytes:
    """The whole report."""
    document = new_document(read.title, "Audit of practice days")
    for line in filter(None, front_lines(read, taken_by)):
        say(document, line)
    for part in read.parts:
        _add_part(document, part)
    _add_addenda(document, read)
    _add_boards(document, read)
    return as_bytes(document)


def _add_part(document: Any, part: ReadPart) -> None:
    document.add_heading(part.heading, level=1)
    for line in part.paragraphs:
        say(document, line)
    for answer in part.answers:
        say_labelled(document, answer.recommendation.ref, answer.words)
    for figure in part.figures:
        _add_figure(document, figure)


def _add_figure(document: Any, figure: Figure) -> None:
    document.add_heading(figure.title, level=2)
    say(document, figure.description).paragraph_format.keep_with_next = True
    if figure.is_empty:
        say(document, "There is nothing to show.")
        return
    for part in parted_for_paper(figure):
        picture = document.add_picture(BytesIO(as_png(part)), width=PICTURE_WIDTH)
        described = picture._inline.docPr
        described.set("descr", f"{figure.description} The table below says the same.")
        described.set("title", part.title)
    _add_table(document, figure)
    if figure.note:
        say(document, figure.note)


def _add_table(document: Any, figure: Figure) -> None:
    table = document.add_table(rows=1, cols=len(figure.columns))
    table.style, table.autofit = "Table Grid", False
    size = SMALL if len(figure.columns) > MANY_COLUMNS else USUAL
    _fill(table.rows[0], figure.columns, size, bold=True)
    _mark_as_header(table.rows[0])
    for words in figure.table:
        _fill(table.add_row(), words, size)
    for column, width in zip(table.columns, widths_of(figure), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def widths_of(figure: Figure) -> list[int]:
    """How wide each column is, in the library's units, all together as wide as the text: room for its longest
    word, and of what is left the more the more it says."""
    columns = list(zip(figure.columns, *figure.table, strict=True))
    longest = [max(BOLD * _longest_word(one[0]), *map(_longest_word, one[1:])) for one in columns]
    least = [count + BESIDE_WORDS for count in longest]
    says = [min(max(map(len, one)), A_LOT) for one in columns]
    in_all = sum(least)
    free = max(0, LETTERS_IN_A_LINE - in_all)
    shares = [few + free * much / sum(says) for few, much in zip(least, says, strict=True)]
    return [int(TEXT_WIDTH * share / sum(shares)) for share in shares]


def _longest_word(words: str) -> int:
    """In letters; a line may end after a hyphen."""
    return max(map(len, _PARTS.findall(words)), default=0)


def _fill(row: Any, words: Any, size: Any, *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, word in zip(row.cells, words, strict=True):
        run = cell.paragraphs[0].add_run(writable(word))
        run.bold, run.font.size = bold, size


def _mark_as_header(row: Any) -> None:
    """So that screen readers name the columns, and Word repeats the row on each page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _add_addenda(document: Any, read: ReadReport) -> None:
    """What was added after the signature, each with its name and date."""
    lines = list(added_lines(read))
    if lines:
        document.add_heading(ADDED, level=1)
    for label, words in lines:
        say_labelled(document, label, words)


def _add_boards(document: Any, read: ReadReport) -> None:
    lines = list(board_lines(read))
    if lines:
        document.add_heading("What the boards made of it", level=1)
    for line in lines:
        say(document, line)
