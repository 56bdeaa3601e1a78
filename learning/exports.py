"""What every file that leaves the portal says of itself: who took it and when, and whether it is fictional."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from learning.spreadsheets import safe_cell

FICTIONAL = "Fictional borough: no child, family or member of staff in this document exists."


def fictional_line() -> str:
    """That everything in it is invented, in the demo; elsewhere empty."""
    return FICTIONAL if settings.PORTAL_IS_DEMO else ""


def taken_line(taken_by: Any) -> str:
    """Who took the document and when, in a sentence."""
    taken = timezone.localtime()
    return f"Taken from {settings.PORTAL_NAME} by {taken_by} on {taken:%-d %B %Y at %H:%M}."


def head_of_export(*, of: str, taken_by: Any) -> list[list[str]]:
    """The first rows of a spreadsheet that we write, a safe cell each."""
    lines = (taken_line(taken_by), of, fictional_line())
    return [[safe_cell(line)] for line in lines if line]
