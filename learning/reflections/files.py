"""The record of what somebody did as an auditor, as Word and PDF."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from learning.documents import (
    as_bytes,
    new_document,
    pdf_of,
    say,
    say_labelled,
    writable,
)
from learning.events.months import days_in_words
from learning.exports import fictional_line, taken_line
from learning.reflections.record import CycleDone, Record


def as_docx(record: Record) -> bytes:
    document = new_document(record.title, "Continuing professional development")
    for line in front_lines(record):
        say(document, line)
    if record.prepared:
        document.add_heading("Preparation", level=1)
        for line in record.prepared:
            document.add_paragraph(writable(line), style="List Bullet")
    for done in record.cycles:
        _add_cycle(document, done)
    return as_bytes(document)


def _add_cycle(document: Any, done: CycleDone) -> None:
    document.add_heading(f"Audit days {done.cycle}", level=1)
    for label, words in facts_of(done):
        say_labelled(document, label, words)
    for label, words in done.reflection.parts if done.reflection else []:
        document.add_heading(label, level=2)
        for paragraph in words.split("\n"):
            if paragraph.strip():
                say(document, paragraph)


def as_pdf(record: Record) -> bytes:
    """The same; raises `PdfNotPossible` where this machine cannot make one."""
    context = {
        "record": record,
        "front": front_lines(record),
        "cycles": [(done, facts_of(done)) for done in record.cycles],
        "portal_name": settings.PORTAL_NAME,
    }
    return pdf_of("learning/reflections/printed.html", context)


def front_lines(record: Record) -> list[str]:
    """What stands under the title."""
    lines = (fictional_line(), record.person.name_and_job, taken_line(record.person))
    return [line for line in lines if line]


def facts_of(done: CycleDone) -> list[tuple[str, str]]:
    """What the person did in one cycle, a label and words each."""
    facts = [
        ("Days", days_in_words(done.days)),
        ("Part", ", ".join(done.roles)),
        ("Audits finished with a colleague", str(done.audits) if done.audits else ""),
        ("Acknowledged beforehand", ", ".join(done.readings)),
        ("Time in all", _hours(done.hours.total) if done.hours.rows else ""),
        *((words, _hours(hours)) for words, hours in done.hours.rows),
    ]
    return [(label, words) for label, words in facts if words]


def _hours(hours: Decimal) -> str:
    return "1 hour" if hours == 1 else f"{hours.normalize():f} hours"
