"""How much one file of findings may hold; `learning.spreadsheets` has the limits of any file."""

MAX_ROWS = 50_000
MAX_TEXT = 20_000
