"""Workbooks as people have them, and as they should not be."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl


def workbook(*rows: list[Any], title: str = "Findings", more: Any = None) -> bytes:
    """An .xlsx with these rows on its first sheet; `more(book)` may add to it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if more:
        more(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The package with each part changed, and further parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in added.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return out.getvalue()


def strict(content: bytes) -> bytes:
    """The workbook as Excel's “Strict Open XML” names its parts."""

    def renamed(name: str, part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    return repacked(content, renamed)


def encrypted() -> bytes:
    """The beginning of a compound file that holds an encrypted package."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to more than 200 MB."""
    return repacked(
        workbook(["text"], ["x"]), lambda name, part: part, xl__big_dot_xml=b" " * 210 * 1024 * 1024
    )
