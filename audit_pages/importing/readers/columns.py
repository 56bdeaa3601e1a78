"""Which column holds what: by its own name, by a common other name, or as the person says."""

from collections.abc import Iterable

from learning.spreadsheets import UnreadableFile

FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        "finding",
        "finding text",
        "statement",
        "comment",
        "body",
        "learning",
        "text of finding",
    ),
    "reference": ("ref", "id", "number", "finding id", "finding reference", "finding number"),
    "authority": ("council", "local authority", "la", "service", "organisation", "about"),
    "published": (
        "published date",
        "publication date",
        "published on",
        "dated on",
        "date published",
        "date",
        "year",
    ),
    "section": ("heading", "report section"),
    "kind": ("statement kind", "type", "finding type", "category"),
    "title": ("headline",),
}
"""Our fields, each with the other names that a column may carry."""


def plain(name: str) -> str:
    """A column's name as it is compared: lower case, one space, no underscores."""
    return " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()


def find_columns(header: Iterable[str], said: dict[str, str] | None = None) -> dict[str, str]:
    """Field → the file's own column name. Raises `UnreadableFile` when the text cannot be told."""
    names = [name for name in header if plain(name)]
    found = {}
    for field in FIELDS:
        column = _said(names, field, said or {}) or _column_for(names, field)
        if column:
            found[field] = column
    if "text" not in found:
        raise UnreadableFile(_no_text(names))
    return found


def _said(names: list[str], field: str, said: dict[str, str]) -> str | None:
    wanted = said.get(field)
    if wanted is None:
        return None
    matching = [name for name in names if plain(name) == plain(wanted)]
    if not matching:
        raise UnreadableFile(
            f"There is no column “{wanted}” in the file. It has: {_listed(names)}."
        )
    return _only(matching, field)


def _column_for(names: list[str], field: str) -> str | None:
    own = [name for name in names if plain(name) == field]
    others = [name for name in names if plain(name) in FIELDS[field]]
    candidates = own or others
    return _only(candidates, field) if candidates else None


def _only(candidates: list[str], field: str) -> str:
    if len(candidates) == 1:
        return candidates[0]
    if len({plain(name) for name in candidates}) == 1:
        raise UnreadableFile(
            f"Two columns are named “{candidates[0]}”. Give each column a name of its own."
        )
    raise UnreadableFile(
        f"More than one column could be the {field}: {_listed(candidates)}. "
        f"Say which with {field}=column."
    )


def _no_text(names: list[str]) -> str:
    return (
        "The first row names no column that holds the text of the findings. "
        f"It has: {_listed(names)}. Name a column “text”, or say which it is with text=column."
    )


def _listed(names: list[str]) -> str:
    shown = [f"“{name[:40]}”" for name in names[:12]]
    return ", ".join(shown) + (" and more" if len(names) > 12 else "") if shown else "nothing"
