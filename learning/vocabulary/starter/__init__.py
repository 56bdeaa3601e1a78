"""The vocabulary that a new portal starts with; afterwards the service owns it."""

import tomllib
from pathlib import Path
from typing import Any


def read(name: str) -> dict[str, Any]:
    """The contents of one starter file of this folder, such as `themes.toml`."""
    with (Path(__file__).parent / name).open("rb") as file:
        return tomllib.load(file)


def load(apps: Any) -> None:
    """Make what is missing of themes, areas and standards; nothing that exists is changed."""
    theme, area, standard = (
        apps.get_model("learning", name) for name in ("Theme", "AreaOfWork", "PracticeStandard")
    )
    for row in read("themes.toml")["theme"]:
        theme.objects.get_or_create(code=row.pop("code"), defaults=row)
    for row in read("areas.toml")["area"]:
        row["is_active"] = row.pop("active", True)
        area.objects.get_or_create(code=row.pop("code"), defaults=row)
    for row in read("practice_standards.toml")["standard"]:
        standard.objects.get_or_create(code=row.pop("code"), defaults=row)
