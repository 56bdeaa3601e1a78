"""The open questions of `questions.toml`, for each part that somebody can have had in a cycle."""

import tomllib
from pathlib import Path

from learning.process_review.states import AskedPart

FILE = Path(__file__).parent / "questions.toml"


def questions_now() -> dict[str, list[tuple[str, str]]]:
    """For each part (key, words) of what is asked now, in order."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return {part.value: [(one["key"], one["words"]) for one in told[part]] for part in AskedPart}
