"""Bring the index up to date."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.ledger.draining import drain


class Command(BaseCommand):
    help = "Bring the documents of changed pages up to date, in the database and in the index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="stop after this many documents")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        done = drain(options["limit"])
        if options["json"]:
            self.stdout.write(json.dumps(vars(done)))
            return
        self.stdout.write(f"{done.settled} up to date, {done.refused} refused.")
        if done.engine_away:
            self.stderr.write("Elasticsearch is away: the documents wait for it.")
