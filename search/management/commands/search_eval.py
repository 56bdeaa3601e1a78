"""Measure an engine on a labelled collection, through the product's own analyser and query."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.choosing import ENGINES
from search.engines.contract import EngineUnavailable
from search.evaluation.collections import CollectionUnreadable, read_collection
from search.evaluation.measures import measure
from search.evaluation.running import Rankings, rank
from search.words.in_use import read_words


class Command(BaseCommand):
    help = (
        "nDCG@10, MAP, recall@100 and zero-result rate on corpus.jsonl, queries.jsonl, qrels.tsv."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--engine", choices=ENGINES, default="")
        parser.add_argument("--run", type=Path, help="write the ranking here, in TREC run format")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = options["engine"] or settings.PORTAL_SEARCH_ENGINE
        try:
            collection = read_collection(options["folder"])
            rankings = rank(collection, engine, read_words())
        except CollectionUnreadable as error:
            raise CommandError(str(error)) from None
        except EngineUnavailable as away:
            raise CommandError(f"Elasticsearch does not answer: {away}.") from None
        if options["run"]:
            write_run(options["run"], rankings, engine)
        ranked = {query: [key for key, _ in found] for query, found in rankings.items()}
        measures = {"engine": engine, **asdict(measure(ranked, collection.judgments))}
        self.stdout.write(json.dumps(measures) if options["json"] else _in_lines(measures))


def _in_lines(measures: dict[str, Any]) -> str:
    return "\n".join(
        f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value}"
        for name, value in measures.items()
    )


def write_run(path: Path, rankings: Rankings, engine: str) -> None:
    """`query Q0 document rank score name`, one line a document. The score falls with the rank."""
    with path.open("w", encoding="utf-8") as lines:
        for query, found in rankings.items():
            for place, (document, _) in enumerate(found, start=1):
                lines.write(f"{query} Q0 {document} {place} {len(found) - place + 1} {engine}\n")
