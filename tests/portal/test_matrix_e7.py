"""The permission matrix of the domain, cell by cell, against the portal's own (domain.md E7)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from learning.access.matrix import Relation, Right
from learning.people.roles import Role

E7 = tomllib.loads((Path(__file__).parent / "matrix_e7.toml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = E7["row"]
ROLES = {
    "FS": Role.FRONT_LINE,
    "AU": Role.FRONT_LINE,
    "AE": Role.FRONT_LINE,
    "LM": Role.LINE_MANAGER,
    "LD": Role.LEAD_QA,
    "QO": Role.QA_OFFICER,
    "AD": Role.AUDIT_ADMIN,
    "IT": Role.IT_SUPPORT,
    "SM": Role.SENIOR_MANAGER,
    "BD": Role.BOARD_MEMBER,
    "ED": Role.EDITOR,
    "IG": Role.INFORMATION_GOVERNANCE,
}
"""Auditor and worker are relations of somebody who is front-line staff besides."""
RELATIONS = {"AU": Relation.AUDITOR, "AE": Relation.AUDITEE, "LM": Relation.LINE_MANAGER}


def in_the_code(column: str, right: Right, other: str) -> str:
    """How this column holds the right: by role, by relation only (`*`), or not at all.

    `other` is what the domain says: an owner may be anybody, so `*` is right of an owner's right in any column.
    """
    if ROLES[column] in right.value.roles:
        return "by role"
    anybody = Relation.OWNER if other == "*" else None
    return "*" if {RELATIONS.get(column), anybody} & right.value.relations else "not"


def in_the_domain(cell: str, word: str) -> str:
    said = cell.split()
    return "by role" if word in said else "*" if f"{word}*" in said else "not"


def wrong_in(row: dict[str, Any], right_of: Any = Right.__getitem__) -> list[str]:
    """The cells of this row in which code and domain differ without a reason, or have one without need."""
    wrong, otherwise = [], row.get("otherwise", {})
    for word, name in row["rights"].items():
        for column, cell in zip(E7["columns"], row["cells"], strict=True):
            wanted = in_the_domain(cell, word)
            differs = in_the_code(column, right_of(name), wanted) != wanted
            if differs != (f"{column} {word}" in otherwise):
                wrong.append(f"{column} {word}" + ("" if differs else " (no longer differs)"))
    return wrong


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["about"])
def test_the_portal_gives_what_the_domain_gives(row: dict[str, Any]) -> None:
    assert wrong_in(row) == []


def test_every_word_of_a_cell_has_a_right_or_says_where_it_is_held() -> None:
    for row in ROWS:
        words = {word.rstrip("*") for cell in row["cells"] for word in cell.split()}
        unknown = words - {*row["rights"], *row.get("elsewhere", {})}
        assert not unknown, row["about"]
        named = {reason.split()[1] for reason in row.get("otherwise", {})}
        assert named <= set(row["rights"]), row["about"]


def test_every_right_stands_in_a_row_or_says_where_it_comes_from() -> None:
    in_rows = {name for row in ROWS for name in row["rights"].values()}
    assert in_rows.isdisjoint(E7["no_row"])
    assert in_rows | set(E7["no_row"]) == set(Right.__members__)


def test_a_wrong_cell_is_found() -> None:
    """One role more, one less, and a relation's right given to a role: each is told apart."""
    row = next(row for row in ROWS if row["about"] == "Submission: read after QA")

    class Wrong:
        def __init__(self, roles: set[Role], relations: frozenset[Relation]) -> None:
            self.value = type("Row", (), {"roles": roles, "relations": relations})

    right = Right.READ_SUBMISSION.value

    def found(roles: set[Role], relations: frozenset[Relation] = right.relations) -> list[str]:
        given = {"READ_SUBMISSION": Wrong(roles, relations), "ASK_TO_READ": Right.ASK_TO_READ}
        return wrong_in(row, given.__getitem__)

    assert found({*right.roles}) == []
    assert found({*right.roles, Role.SENIOR_MANAGER}) == ["SM read"]
    assert found({*right.roles, Role.LINE_MANAGER}) == ["LM read"]
    assert found({Role.LEAD_QA}) == ["QO read"]
    assert found({*right.roles}, right.relations - {Relation.AUDITEE}) == ["AE read"]
