"""The report as Word, PDF and CSV. Each says who took it and when, and carries our properties alone."""

from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils import timezone

from learning.documents import pdf_of
from learning.exports import fictional_line, taken_line
from learning.figures.showing import printed, write_csv
from learning.reports.assembling import ReadReport

ADDED = "Added after it was signed"


def as_csv(read: ReadReport, taken_by: Any) -> bytes:
    """The tables of the report, one after the other."""
    target = StringIO()
    write_csv(target, read.figures, taken_by, read.title)
    return target.getvalue().encode("utf-8-sig")


def as_pdf(read: ReadReport, taken_by: Any) -> bytes:
    """The report as PDF."""
    return pdf_of("learning/reports/printed.html", printed_context(read, taken_by))


def printed_context(read: ReadReport, taken_by: Any) -> dict[str, Any]:
    """What the printed page shows."""
    return {
        "read": read,
        "report": read.report,
        "parts": [(part, printed(part.figures)) for part in read.parts],
        "front": front_lines(read, taken_by),
        "lines": list(board_lines(read)),
        "added_title": ADDED,
        "added": list(added_lines(read)),
        "portal_name": settings.PORTAL_NAME,
    }


def front_lines(read: ReadReport, taken_by: Any) -> list[str]:
    """What stands under the title: whether it is signed, of which day the figures are, who took it."""
    report = read.report
    return [
        fictional_line(),
        signed_words(read),
        f"Figures as of {report.figures_as_of:%-d %B %Y}." if report.figures_as_of else "",
        taken_line(taken_by),
    ]


DISPOSED_OF = (
    " What was written in it was disposed of when its time was over, with the tables that repeated words of "
    "recommendations; figures, dates and decisions stay."
)


def signed_words(read: ReadReport) -> str:
    """Who signed it and when; and that its words are gone, once they are."""
    report = read.report
    if not report.is_signed or report.signed_at is None:
        return "A draft: not signed yet."
    day = timezone.localtime(report.signed_at)
    gone = DISPOSED_OF if read.is_disposed else ""
    return f"Signed by {report.signed_name} on {day:%-d %B %Y}.{gone}"


def board_lines(read: ReadReport) -> Iterable[str]:
    """What each board made of the report, a line each."""
    for row in read.considerations:
        if row.considered_on:
            refs = ", ".join(one.recommendation.ref for one in row.opened.all())
            came = f" Out of it: {refs}." if refs else ""
            decided = f"{row.considered_on:%-d %B %Y}: {row.get_decision_display()}. {row.minute}"
            yield f"{row.board}, {decided}{came}"


def added_lines(read: ReadReport) -> Iterable[tuple[str, str]]:
    """Each addendum: who added it, when and why; and its words."""
    for addendum in read.addenda:
        day = timezone.localtime(addendum.written_at)
        yield f"{addendum.written_by}, {day:%-d %B %Y} ({addendum.reason})", addendum.text
