"""Bytes into text, without guessing."""

import codecs

from audit_pages.importing.readers.errors import UnreadableFile

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes, encoding: str = "") -> str:
    """The text of the file: as its byte order mark says, as `encoding` says, or UTF-8."""
    encoding = _marked(content) or encoding or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_where(content, error, encoding)) from error
    except LookupError as error:
        raise UnreadableFile(f"“{encoding}” is not the name of an encoding.") from error


def _marked(content: bytes) -> str:
    return next((name for mark, name in _MARKED if content.startswith(mark)), "")


def _where(content: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    line = content.count(b"\n", 0, error.start) + 1
    if encoding != "utf-8":
        return f"The file does not hold {encoding} text: line {line}, byte {error.start + 1}."
    return (
        f"The file is not in UTF-8: line {line}, byte {error.start + 1} cannot be read. "
        "Save it as “CSV UTF-8”, or say its encoding."
    )
