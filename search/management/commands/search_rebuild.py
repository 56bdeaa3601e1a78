"""Build a new index beside the one in use, and swap to it when it is found good."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.contract import EngineUnavailable
from search.rebuilding.locking import BuildRunning
from search.rebuilding.services import RebuildRefused, rebuild


class Command(BaseCommand):
    help = "Rebuild the index on the editors' words as they are now, and swap to it in one step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rebuilt = rebuild()
        except BuildRunning:
            raise CommandError("Another build is running. Nothing was changed.") from None
        except RebuildRefused as refused:
            raise CommandError(
                f"The new index was dropped, the old one goes on. {refused}"
            ) from None
        except EngineUnavailable as away:
            raise CommandError(f"Elasticsearch does not answer: {away}.") from None
        if options["json"]:
            self.stdout.write(json.dumps(vars(rebuilt)))
        else:
            self.stdout.write(
                f"{rebuilt.documents} documents in {rebuilt.index or 'the database'}."
            )
