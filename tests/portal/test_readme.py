"""The README names what there is to run."""

from pathlib import Path

import pytest
from django.core.management import get_commands

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
OWN_APPS = {"portal", "home", "search", "audit_pages", "learning"}


def own_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OWN_APPS)


@pytest.mark.parametrize("name", own_commands())
def test_every_command_of_ours_is_in_the_table(name: str) -> None:
    assert f"`{name}" in README or f"manage.py {name}" in README
