"""The judged queries that the portal comes with: what staff would type, and what each page is worth
to them. They stand in the app and not among its tests, so that a portal in use has them too."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "judged_queries.toml"


@dataclass(frozen=True)
class Judged:
    """What was typed, by whom, and what each page (by slug) is worth."""

    text: str
    role: str
    grades: dict[str, int]
    reasons: tuple[str, ...]


def judged_queries() -> list[Judged]:
    """Every judged query, in order; none where the file was left out."""
    if not FILE.exists():
        return []
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        Judged(
            query["text"],
            query["as"],
            {judgment["slug"]: judgment["grade"] for judgment in query["judgments"]},
            tuple(judgment["why"] for judgment in query["judgments"]),
        )
        for query in written["query"]
    ]
