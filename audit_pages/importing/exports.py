"""Rejected rows as a file that can be opened beside the one that was loaded."""

import csv
from typing import Any

from django.http import HttpResponse

from audit_pages.importing.models import ImportBatch
from audit_pages.importing.selectors import rejected_rows
from learning.exports import head_of_export
from learning.spreadsheets import safe_cell


def rejected_csv(batch: ImportBatch, taken_by: Any) -> HttpResponse:
    """CSV (UTF-8 with a mark, for Excel): row number, reference, reason."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-rejected.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerows(
        head_of_export(of=f"Rows turned away from import {batch.pk}", taken_by=taken_by)
    )
    writer.writerow(["Row", "Reference", "Reason"])
    for row in rejected_rows(batch):
        writer.writerow([row.number, safe_cell(row.reference), safe_cell(row.reason)])
    return response
