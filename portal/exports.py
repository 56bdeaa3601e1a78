"""Downloads of the editors' desk as CSV and XLSX, in which no cell can start a formula."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from learning.spreadsheets import safe_cell

_as_wagtail_writes_it = SpreadsheetExportMixin.preprocess_field_value


def _written_safely(
    view: SpreadsheetExportMixin, field: str, value: Any, export_format: str
) -> Any:
    """The value as Wagtail writes it into a cell; text is kept from being taken for a formula."""
    cell = _as_wagtail_writes_it(view, field, value, export_format)
    return safe_cell(cell) if isinstance(cell, str) else cell


def escape_every_export() -> None:
    """From now on every list, report and register of the desk writes safe cells: all of them take
    their values through this one method of Wagtail's, which offers no setting for it."""
    SpreadsheetExportMixin.preprocess_field_value = _written_safely
