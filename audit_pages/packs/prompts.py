"""The words that come with each step of a review day (`review_day.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

_STEPS = Path(__file__).with_name("review_day.toml")


@cache
def steps() -> dict[str, dict[str, str]]:
    """Each step of the template by its kind, with its `prompt` and, where it has them, words."""
    with _STEPS.open("rb") as file:
        return tomllib.load(file)


def prompt_for(kind: str) -> str:
    """What a step is for, said to its presenter; empty for slides that are not of the template."""
    return steps().get(kind, {}).get("prompt", "")
