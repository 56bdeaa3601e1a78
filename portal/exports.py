"""Downloads of the editors' desk as CSV and XLSX: no cell starts a formula; the demo's say what they are."""

import csv
from collections.abc import Iterator
from typing import Any

import openpyxl
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from learning.exports import fictional_line
from learning.spreadsheets import safe_cell

_as_wagtail_writes_it = SpreadsheetExportMixin.preprocess_field_value
_csv_of_wagtail = SpreadsheetExportMixin.stream_csv
_xlsx_of_wagtail = SpreadsheetExportMixin.write_xlsx


def _written_safely(
    view: SpreadsheetExportMixin, field: str, value: Any, export_format: str
) -> Any:
    """The value as Wagtail writes it into a cell; text is kept from being taken for a formula."""
    cell = _as_wagtail_writes_it(view, field, value, export_format)
    return safe_cell(cell) if isinstance(cell, str) else cell


def _csv_with_head(view: SpreadsheetExportMixin, queryset: Any) -> Iterator[bytes]:
    """Wagtail's lines; in the demo below one that says so. Elsewhere a list can be loaded again as it is."""
    if line := fictional_line():
        yield csv.writer(Echo()).writerow([line])
    yield from _csv_of_wagtail(view, queryset)


def _xlsx_with_head(view: SpreadsheetExportMixin, queryset: Any, output: Any) -> None:
    """The same for a workbook."""
    _xlsx_of_wagtail(view, queryset, output)
    if line := fictional_line():
        output.seek(0)
        book = openpyxl.load_workbook(output)
        book.active.insert_rows(1)
        book.active["A1"] = line
        output.seek(0)
        output.truncate()
        book.save(output)


def guard_every_export() -> None:
    """From now on every list, report and register of the desk writes safe cells and, in the demo, its head:
    all of them go through these methods of Wagtail's, which offers no setting for it."""
    SpreadsheetExportMixin.preprocess_field_value = _written_safely
    SpreadsheetExportMixin.stream_csv = _csv_with_head
    SpreadsheetExportMixin.write_xlsx = _xlsx_with_head
