"""The little mark-up of the starter files: paragraphs, lists, nothing else."""

import re

from django.utils.html import escape

_BULLET = re.compile(r"^- +")
_NUMBER = re.compile(r"^\d+\. +")


def html_of(text: str) -> str:
    """Rich text of plain text: blank line, new paragraph; `- ` bullets; `1. ` numbers."""
    return "".join(_block(lines) for lines in _blocks(text))


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines of one sort, in order."""
    blocks: list[list[str]] = [[]]
    sort = ""
    for line in (raw.strip() for raw in text.strip().splitlines()):
        new_sort = "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"
        if not line:
            blocks.append([])
            continue
        if blocks[-1] and new_sort != sort and not (sort != "p" and new_sort == "p"):
            blocks.append([])
        sort = new_sort if not blocks[-1] or new_sort != "p" else sort
        blocks[-1].append(line)
    return [block for block in blocks if block]


def _block(lines: list[str]) -> str:
    for tag, mark in (("ul", _BULLET), ("ol", _NUMBER)):
        if mark.match(lines[0]):
            return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in _items(lines, mark))}</{tag}>"
    return f"<p>{escape(' '.join(lines))}</p>"


def _items(lines: list[str], mark: re.Pattern[str]) -> list[str]:
    """List items; a line without a mark belongs to the item above it."""
    items: list[str] = []
    for line in lines:
        if mark.match(line):
            items.append(mark.sub("", line))
        else:
            items[-1] += f" {line}"
    return items
