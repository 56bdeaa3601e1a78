"""Rejected rows as a file that can be opened beside the one that was loaded."""

import csv
from typing import Any

from django.http import HttpResponse

from audit_pages.importing.models import ImportBatch
from audit_pages.importing.selectors import rejected_rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def rejected_csv(batch: ImportBatch) -> HttpResponse:
    """CSV (UTF-8 with a mark, for Excel): row number, reference, reason."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-rejected.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["Row", "Reference", "Reason"])
    for row in rejected_rows(batch):
        writer.writerow([row.number, cell(row.reference), cell(row.reason)])
    return response
