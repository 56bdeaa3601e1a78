"""How a rule of disposal becomes SQL: what may go, of what, and while which list is open."""

from dataclasses import dataclass

GONE = "Disposed of."
"""Stands where words were that the database, or a page, asks for."""

APPROVED_AND_OPEN = (
    "SELECT 1 FROM learning_disposalitem i JOIN learning_disposallist l ON l.id = i.list_id "
    "WHERE i.done_at IS NULL AND i.left_out_at IS NULL AND l.approved_at IS NOT NULL"
)
_HOLD = "NOT EXISTS (SELECT 1 FROM learning_legalhold h WHERE h.ended_at IS NULL AND {about})"
_HOLDS_A_RECOMMENDATION = (
    "(h.cycle_id = (SELECT r.cycle_id FROM learning_recommendation r WHERE r.id = i.recommendation_id) "
    "OR h.submission_id = "
    "(SELECT r.submission_id FROM learning_recommendation r WHERE r.id = i.recommendation_id))"
)


@dataclass(frozen=True)
class Dialect:
    """What the two databases say differently: that two values are the same, or both nothing; and the elements
    of a list in JSON."""

    same: str
    elements: str

    @classmethod
    def of(cls, vendor: str) -> "Dialect":
        if vendor == "postgresql":
            return cls("IS NOT DISTINCT FROM", "jsonb_array_elements")
        return cls("IS", "json_each")


@dataclass(frozen=True)
class Emptying:
    """What a disposal of this kind does to one table; `of` is SQL over OLD that gives the thing that goes, and
    `link` the column of the list that names it.

    `texts` become nothing; `gone` becomes `GONE` where something stood; of `lists` whole elements may go, and
    none changes.
    """

    table: str
    kind: str
    of: str
    texts: tuple[str, ...] = ()
    becomes: tuple[tuple[str, str], ...] = ()
    rows_go: bool = False
    link: str = "submission_id"
    gone: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def is_under_way(self) -> str:
        """SQL: an approved disposal of what this row belongs to is open, and nobody holds it back."""
        return (
            f"EXISTS ({APPROVED_AND_OPEN} AND i.kind = '{self.kind}' "
            f"AND i.{self.link} = {self.of} AND {self._is_not_held})"
        )

    @property
    def _is_not_held(self) -> str:
        """SQL: a recommendation is held with its audit or its cycle, everything else by itself."""
        is_recommendation = self.link == "recommendation_id"
        of_its_own = f"h.{self.link} = i.{self.link}"
        return _HOLD.format(about=_HOLDS_A_RECOMMENDATION if is_recommendation else of_its_own)

    def allows_update(self, columns: list[str], dialect: Dialect) -> str:
        """SQL over OLD and NEW: it is under way, and nothing changes but words that go."""
        values = dict(self.becomes) | dict.fromkeys(self.texts, "")
        going = {name: f"NEW.\"{name}\" = '{value}'" for name, value in values.items()}
        going |= {name: _is_gone(name) for name in self.gone}
        going |= {name: _only_loses(name, dialect) for name in self.lists}
        kept = [
            f'NEW."{name}" {dialect.same} OLD."{name}"' for name in columns if name not in going
        ]
        emptied = [going[name] for name in sorted(going)]
        return f"({' AND '.join([*kept, *emptied, self.is_under_way])})" if going else ""

    def allows_delete(self) -> str:
        """SQL over OLD; empty where rows stay."""
        return f"({self.is_under_way})" if self.rows_go else ""


@dataclass(frozen=True)
class Forgetting:
    """Rows of a log that go once they are older than an approved disposal says."""

    table: str

    def allows_update(self, columns: list[str], dialect: Dialect) -> str:
        return ""

    def allows_delete(self) -> str:
        held = (
            "NOT EXISTS (SELECT 1 FROM learning_legalhold h WHERE h.ended_at IS NULL "
            "AND ((OLD.object_type = 'learning.auditsubmission' "
            "AND OLD.object_id = CAST(h.submission_id AS VARCHAR(40))) "
            "OR (OLD.object_type = 'learning.spotcheck' "
            "AND OLD.object_id = CAST(h.spot_check_id AS VARCHAR(40)))))"
        )
        of_log = "i.kind = 'access_log' AND OLD.happened_at < i.older_than"
        return f"(EXISTS ({APPROVED_AND_OPEN} AND {of_log}) AND {held})"


def _is_gone(name: str) -> str:
    """SQL: words have become the sentence, and what was empty still is."""
    return f"NEW.\"{name}\" = CASE WHEN OLD.\"{name}\" = '' THEN '' ELSE '{GONE}' END"


def _only_loses(name: str, dialect: Dialect) -> str:
    """SQL: everything that stands in the new list stood in the old one, word for word."""
    new, old = (f'SELECT value FROM {dialect.elements}({row}."{name}")' for row in ("NEW", "OLD"))
    return f"NOT EXISTS ({new} EXCEPT {old})"
