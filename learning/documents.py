"""Word files and PDF: accessible, in our own properties, and with nothing fetched while they are made."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from learning.exports import fictional_line

A4, MARGIN = (Cm(21), Cm(29.7)), Cm(2)
_STYLE = Path(__file__).parent / "printed.css"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class PdfNotPossible(Exception):
    """This machine lacks what draws PDF; the message names it."""


# --- Word --------------------------------------------------------------------------------------------------


def new_document(title: str, subject: str) -> Any:
    """An empty document with language, type and properties of our own: no person's name, none of the
    library's."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = A4
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = MARGIN
    for tag in normal.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-GB")
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), "en-GB")
    properties = document.core_properties
    properties.title, properties.subject = title, subject
    properties.author = properties.last_modified_by = settings.PORTAL_NAME
    properties.keywords = properties.category = ""
    properties.comments = fictional_line()
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)
    properties.language, properties.revision = "en-GB", 1
    document.add_heading(title, level=0)
    return document


def writable(words: str) -> str:
    """The words without what no Word file may hold."""
    return _UNWRITABLE.sub("", words)


def say(document: Any, words: str) -> Any:
    """The new paragraph."""
    return document.add_paragraph(writable(words))


def say_labelled(document: Any, label: str, words: str) -> None:
    """A paragraph that begins with its label, in bold."""
    paragraph = say(document, f"{label}: ")
    paragraph.runs[0].bold = True
    paragraph.add_run(writable(words))


def as_bytes(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


# --- PDF ---------------------------------------------------------------------------------------------------


def pdf_of(template: str, context: dict[str, Any]) -> bytes:
    """The template as tagged PDF, with its drawings as lines and its words as text."""
    try:
        from weasyprint import CSS, HTML
    except OSError as missing:
        raise PdfNotPossible(
            "This machine cannot make PDF: the text library Pango is missing. Take the Word file, or ask "
            "IT support to install the packages that README.md names."
        ) from missing
    page, target = render_to_string(template, context), BytesIO()
    HTML(string=page, url_fetcher=_refuse).write_pdf(
        target, pdf_variant="pdf/ua-1", stylesheets=[CSS(string=_STYLE.read_text("utf-8"))]
    )
    return target.getvalue()


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    """Nothing is fetched while a document is made."""
    raise ValueError(f"{url} is not part of the document")
