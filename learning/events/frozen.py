"""A rule of the database about rows that may no longer change."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Frozen:
    """Rows that may no longer change in some way: `when` is SQL over OLD and NEW, and `sentence` the reason.

    On an insert there is no OLD and on a delete no NEW, so each rule names its own moments.
    """

    table: str
    name: str
    moments: tuple[str, ...]
    when: str
    sentence: str


def frozen_with(table: str, parent: str, frozen: str, sentence: str) -> list[Frozen]:
    """Rules for a table whose rows may not come, change or go; `frozen` is SQL over `{row}`.

    A row also comes when it is moved there from something that is still open.
    """
    return [
        Frozen(table, f"{parent}_insert", ("INSERT", "UPDATE"), frozen.format(row="NEW"), sentence),
        Frozen(table, f"{parent}_change", ("UPDATE", "DELETE"), frozen.format(row="OLD"), sentence),
    ]
