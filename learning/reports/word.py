"""The report as a Word document: real headings, header rows that repeat, words for every drawing."""

import re
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from learning.figures.drawing import as_png, can_be_drawn
from learning.figures.figure import Figure
from learning.reports.assembling import ReadPart, ReadReport
from learning.reports.documents import FICTIONAL, board_lines, front_lines

PICTURE_WIDTH = Cm(15.5)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(read: ReadReport, taken_by: Any) -> bytes:
    """The whole report."""
    document = Document()
    _set_up(document, read)
    document.add_heading(read.title, level=0)
    for line in filter(None, front_lines(read, taken_by)):
        _say(document, line)
    for part in read.parts:
        _add_part(document, part)
    _add_boards(document, read)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _say(document: Any, words: str) -> Any:
    """The new paragraph, without what no Word file may hold."""
    return document.add_paragraph(_UNWRITABLE.sub("", words))


def _set_up(document: Any, read: ReadReport) -> None:
    """Language, type, and properties of our own: no person's name, none of the library's."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for tag in normal.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-GB")
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-GB")
    properties = document.core_properties
    properties.title, properties.subject = read.title, "Audit of practice days"
    properties.author = properties.last_modified_by = settings.PORTAL_NAME
    properties.keywords = properties.category = ""
    properties.comments = FICTIONAL if settings.PORTAL_IS_DEMO else ""
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)
    properties.language, properties.revision = "en-GB", 1


def _add_part(document: Any, part: ReadPart) -> None:
    document.add_heading(part.heading, level=1)
    for line in part.paragraphs:
        _say(document, line)
    for answer in part.answers:
        _add_labelled(document, answer.recommendation.ref, answer.words)
    for figure in part.figures:
        _add_figure(document, figure)


def _add_labelled(document: Any, label: str, words: str) -> None:
    paragraph = _say(document, f"{label}: ")
    paragraph.runs[0].bold = True
    paragraph.add_run(_UNWRITABLE.sub("", words))


def _add_figure(document: Any, figure: Figure) -> None:
    document.add_heading(figure.title, level=2)
    _say(document, figure.description)
    if figure.is_empty:
        _say(document, "There is nothing to show.")
        return
    if can_be_drawn(figure):
        picture = document.add_picture(BytesIO(as_png(figure)), width=PICTURE_WIDTH)
        described = picture._inline.docPr
        described.set("descr", f"{figure.description} The table below says the same.")
        described.set("title", figure.title)
    _add_table(document, figure)
    if figure.note:
        _say(document, figure.note)


def _add_table(document: Any, figure: Figure) -> None:
    table = document.add_table(rows=1, cols=len(figure.columns))
    table.style = "Table Grid"
    _fill(table.rows[0], figure.columns, bold=True)
    _mark_as_header(table.rows[0])
    for words in figure.table:
        _fill(table.add_row(), words)


def _fill(row: Any, words: Any, *, bold: bool = False) -> None:
    for cell, word in zip(row.cells, words, strict=True):
        run = cell.paragraphs[0].add_run(_UNWRITABLE.sub("", word))
        run.bold, run.font.size = bold, Pt(9)


def _mark_as_header(row: Any) -> None:
    """So that screen readers name the columns, and Word repeats the row on each page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _add_boards(document: Any, read: ReadReport) -> None:
    lines = list(board_lines(read))
    if lines:
        document.add_heading("What the boards made of it", level=1)
    for line in lines:
        _say(document, line)
