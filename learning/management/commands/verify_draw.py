"""Draw a sample again from its certificate, and say whether it comes out the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.selection.certificate import what_is_wrong
from learning.selection.draw_selectors import differs_from_ours


class Command(BaseCommand):
    help = (
        "Draw again from the file of a draw certificate. Ends with 0 when the same cases come out, bit "
        "for bit, and with 1 and the reasons when anything differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"The file “{options['file']}” cannot be opened.") from error
        wrong = what_is_wrong(content) + differs_from_ours(content)
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("The draw comes out the same, bit for bit.")
