"""What sources call their statements, in our kinds. An unknown word is left empty, not guessed."""

from audit_pages.importing.readers.columns import plain
from learning.vocabulary.choices import StatementKind

_NAMES: dict[StatementKind, tuple[str, ...]] = {
    StatementKind.STRENGTH: ("strength", "strengths", "key strength", "good practice"),
    StatementKind.DEVELOPMENT_AREA: (
        "development area",
        "area for development",
        "improvement",
        "area for improvement",
        "what needs to improve",
        "recommendation",
        "priority action",
        "priority and immediate action",
    ),
    StatementKind.MIXED: ("mixed", "strength and development"),
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}

_CASE_STUDIES = ("case study", "practice study")
_SECTIONS = (
    ("highly effective practice", StatementKind.STRENGTH),
    ("area for improvement", StatementKind.DEVELOPMENT_AREA),
)


def read_kind(value: str, section: str) -> tuple[str, str]:
    """(our kind or empty, the source's word when it is one that we do not know)."""
    name = plain(value)
    if name in _KINDS:
        return _KINDS[name].value, ""
    if name in _CASE_STUDIES:
        return _kind_of_study(section), ""
    return "", value


def _kind_of_study(section: str) -> str:
    """A case study may be of either kind: only its heading can tell."""
    heading = plain(section)
    return next((kind.value for words, kind in _SECTIONS if words in heading), "")
