"""How much one file may hold. More is likelier a mistake, or an attack, than findings."""

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_TEXT = 20_000
