"""The three forms that a new portal starts with."""

import tomllib
from pathlib import Path
from typing import Any

USUAL_FORM = ["practice_audit"]


def sections() -> list[dict[str, Any]]:
    """The sections of the starter file, in their order."""
    with (Path(__file__).parent / "starter.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["section"]
    return found


def load(apps: Any, kinds: tuple[str, ...], offered_at: Any) -> None:
    """Make version 1 of each kind that has no version yet; what stands already is left as it is."""
    versions = apps.get_model("learning", "ProFormaVersion").objects
    for kind in kinds:
        if not versions.filter(kind=kind).exists():
            version = versions.create(kind=kind, number=1, offered_at=offered_at)
            _add_sections(apps, version)


def _add_sections(apps: Any, version: Any) -> None:
    areas = {area.code: area for area in apps.get_model("learning", "AreaOfWork").objects.all()}
    chosen = [row for row in sections() if version.kind in row.get("forms", USUAL_FORM)]
    for order, row in enumerate(chosen, start=1):
        section = version.sections.create(
            key=row["key"],
            order=order,
            title=row["title"],
            prompts=[*row["prompts"], row["difference"]],
            can_be_skipped=row.get("can_be_skipped", True),
        )
        section.areas.set(areas[code] for code in row.get("areas", ()) if code in areas)
