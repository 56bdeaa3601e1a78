"""Return to the index that was read before the last rebuild."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.contract import EngineUnavailable
from search.rebuilding.locking import BuildRunning
from search.rebuilding.services import NothingToReturnTo, RebuildRefused, roll_back


class Command(BaseCommand):
    help = "Read the previous index again, brought up to date, with the words it was built with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            returned = roll_back()
        except NothingToReturnTo:
            raise CommandError("There is no previous index.") from None
        except BuildRunning:
            raise CommandError("A build is running. Nothing was changed.") from None
        except RebuildRefused as refused:
            raise CommandError(f"The previous index is not fit to be read. {refused}") from None
        except EngineUnavailable as away:
            raise CommandError(f"Elasticsearch does not answer: {away}.") from None
        if options["json"]:
            self.stdout.write(json.dumps(vars(returned)))
        else:
            self.stdout.write(f"Reading {returned.index} again, {returned.documents} documents.")
