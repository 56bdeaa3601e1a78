"""References of cases: 2026-Q4-CP-03. They say the quarter and the area of work, and nothing of the child."""

from collections.abc import Iterable

from learning.vocabulary.models import AreaOfWork

LETTERS = {
    "initial_contact": "IC",
    "family_support_early_help": "EH",
    "child_in_need": "CIN",
    "child_protection": "CP",
    "looked_after": "LAC",
    "care_leaver": "CL",
    "fostering": "FO",
    "adoption": "AD",
    "disabled_children": "DC",
    "youth_justice": "YJ",
}


def reference_letters(areas: Iterable[AreaOfWork]) -> dict[str, str]:
    """The letters of each area by its code; an area of the service's own gets its initials."""
    found: dict[str, str] = {}
    for area in areas:
        letters = LETTERS.get(area.code) or "".join(word[0] for word in area.label.split()).upper()
        while letters in found.values():
            letters += "X"
        found[area.code] = letters
    return found
