"""Files into rows: CSV, XLSX and JSON lines, with columns found by their names."""
