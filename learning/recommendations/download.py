"""The register as CSV: who took it and when, then one line a recommendation. No cell starts a formula.

Words about one case are left out: a file that lies about is not the place for them.
"""

import csv
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from learning.exports import head_of_export
from learning.recommendations.presenting import Row, rows_of
from learning.recommendations.register import WHOSE, Register
from learning.spreadsheets import safe_cell

HEADINGS = (
    "Reference", "What should be done", "How far it reaches", "Kind of action", "Themes", "Cycle",
    "Owner", "Issued", "Due at issue", "Due", "Status", "Escalated",
)  # fmt: skip


def as_csv(register: Register, user: Any) -> HttpResponse:
    """What the register shows, all pages of it, as a download."""
    taken = timezone.localtime()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"recommendations-{taken:%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response.write("\ufeff")
    writer = csv.writer(response)
    shown = f"Recommendations: {WHOSE[register.whose]}"
    writer.writerows(head_of_export(of=shown, taken_by=user))
    writer.writerow(HEADINGS)
    for row in rows_of(register.rows, register.days):
        writer.writerow([safe_cell(cell) for cell in _cells(row)])
    return response


def _cells(row: Row) -> list[str]:
    recommendation = row.recommendation
    return [
        recommendation.ref,
        row.title,
        recommendation.get_level_display(),
        recommendation.get_action_type_display(),
        "; ".join(theme.label for theme in recommendation.themes.all()),
        str(recommendation.cycle),
        str(recommendation.owner),
        _day(recommendation.issued_at and timezone.localdate(recommendation.issued_at)),
        _day(recommendation.original_due_date),
        _day(recommendation.due_date),
        row.status.label,
        "to senior manager" if recommendation.is_escalated else "",
    ]


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
