"""The stories that audits are told from, each area's in turn, so that none is told twice in one cycle."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


@cache
def stories_of(area: str) -> list[dict[str, Any]]:
    return list(read(f"stories/{area}.toml")["story"])


@cache
def wording() -> dict[str, Any]:
    return read("wording.toml")


class Teller:
    """Hands out stories."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()

    def next_of(self, area: str) -> dict[str, Any]:
        """The area's next story; after the last it begins anew."""
        stories = stories_of(area)
        story = stories[self.told[area] % len(stories)]
        self.told[area] += 1
        return story


def usual(kind: str, number: int) -> Any:
    """One of the usual wordings of this kind, in turn."""
    choices = wording()[kind]
    return choices[number % len(choices)]
