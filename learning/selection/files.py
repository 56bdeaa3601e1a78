"""One file of a council's, whatever its kind, as cases."""

import hashlib
from collections.abc import Mapping
from typing import Any

from learning.selection.frames.annex_a import is_annex_a, read_annex_a
from learning.selection.frames.cells import plain
from learning.selection.frames.mapped import Columns, header_of, read_mapped
from learning.selection.frames.rows import ReadFrame
from learning.selection.frames.sheets import Sheet, read_sheets
from learning.selection.models import ColumnMapping
from learning.vocabulary.models import AreaOfWork


class ColumnsNeeded(Exception):
    """The file is a plain table whose columns nobody has mapped yet; `titles` is its header."""

    def __init__(self, titles: list[str], signature: str) -> None:
        super().__init__("Say which column holds what.")
        self.titles, self.signature = titles, signature


def read_file(
    content: bytes, *, columns: Columns | None = None, map_again: bool = False
) -> ReadFrame:
    """The cases of the file. Raises `UnreadableFile` with a sentence, or `ColumnsNeeded`.

    A plain table is read by `columns`, or as one with the same header was mapped before, unless somebody wants
    to `map_again`.
    """
    sheets = read_sheets(content)
    if is_annex_a(sheets):
        return read_annex_a(sheets)
    sheet = max(sheets, key=lambda one: len(one.rows))
    chosen = columns or (None if map_again else remembered_columns(sheet))
    if chosen is None:
        raise ColumnsNeeded(header_of(sheet), signature_of(sheet))
    others = sum(len(one.rows) for one in sheets) - len(sheet.rows)
    return read_mapped(sheet, chosen, area_words(), rows_elsewhere=others)


def signature_of(sheet: Sheet) -> str:
    """What tells tables with the same header apart from all others; the header itself is not kept."""
    header = "\n".join(plain(title) for title in header_of(sheet)).rstrip("\n")
    return hashlib.sha256(header.encode()).hexdigest()


def remembered_columns(sheet: Sheet) -> Columns | None:
    """The columns of a table with this header, as somebody mapped them before."""
    mapping = ColumnMapping.objects.filter(signature=signature_of(sheet)).first()
    return Columns(**mapping.columns) if mapping else None


def remember_columns(*, signature: str, columns: Columns, mapped_by: Any) -> ColumnMapping:
    """The mapping, for the next table with this header."""
    mapping, _ = ColumnMapping.objects.update_or_create(
        signature=signature, defaults={"columns": vars(columns), "mapped_by": mapped_by}
    )
    return mapping


def area_words() -> Mapping[str, str]:
    """What a table may call an area of work, and the area's code."""
    words = {plain(word): code for code, said in ALSO_CALLED.items() for word in said}
    for area in AreaOfWork.objects.filter(is_active=True):
        words |= {plain(area.code): area.code, plain(area.label): area.code}
    return words


ALSO_CALLED = {
    "initial_contact": ("contact", "initial contact", "referral", "mash", "front door"),
    "family_support_early_help": ("early help", "family support", "eh", "targeted support"),
    "child_in_need": ("cin", "s17", "section 17"),
    "child_protection": ("cp", "cpp", "child protection plan", "s47", "section 47"),
    "looked_after": ("lac", "cla", "cic", "child looked after", "looked after child", "in care"),
    "care_leaver": ("care leaver", "cl", "leaving care"),
    "fostering": ("foster care",),
    "adoption": ("adoption",),
}
