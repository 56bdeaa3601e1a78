"""Files into rows: CSV, XLSX and JSON lines, with columns found by their names."""

from audit_pages.importing.readers.errors import UnreadableFile
from audit_pages.importing.readers.reading import ReadFile, read_file

__all__ = ["ReadFile", "UnreadableFile", "read_file"]
