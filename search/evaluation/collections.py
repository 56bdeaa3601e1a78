"""A labelled collection in a folder: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class CollectionUnreadable(Exception):
    """The folder does not hold what a collection needs."""


@dataclass(frozen=True)
class Collection:
    """Documents (id → title, text), queries and judgments."""

    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    judgments: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """The collection; raises `CollectionUnreadable` with what is missing or amiss."""
    try:
        documents = {
            str(row["_id"]): (row.get("title", ""), row["text"])
            for row in _lines(folder / "corpus.jsonl")
        }
        queries = {str(row["_id"]): row["text"] for row in _lines(folder / "queries.jsonl")}
        return Collection(documents, queries, _judgments(folder / "qrels.tsv"))
    except (OSError, ValueError, KeyError) as error:
        raise CollectionUnreadable(f"{folder} holds no collection: {error}") from error


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _judgments(path: Path) -> dict[str, dict[str, int]]:
    judgments: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        fields = line.split("\t")
        if len(fields) == 3 and not (number == 0 and not fields[2].lstrip("-").isdigit()):
            judgments.setdefault(fields[0], {})[fields[1]] = int(fields[2])
    return judgments
