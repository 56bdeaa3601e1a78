"""Make search ready: the words in use, the best bets, and (where it is used) the first index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.contract import EngineUnavailable
from search.setting_up import set_up


class Command(BaseCommand):
    help = "Make search ready on a new database. Safe to run again: what is there stays."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in set_up():
                self.stdout.write(line)
        except EngineUnavailable as away:
            raise CommandError(f"Elasticsearch does not answer: {away}. Run this again.") from None
