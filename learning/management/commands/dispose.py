"""`dispose`: let go what was kept long enough and is approved; draw up the next list once a month."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from learning.retention.due import everything_due
from learning.retention.models import DisposalList
from learning.retention.refusals import RetentionNotPossible
from learning.retention.selectors import items_of
from learning.retention.services import carry_out, draw_up_list, open_list


class Command(BaseCommand):
    help = (
        "Disposes of what an approved list names, and draws up a new list of what is due, once a month. "
        "Nothing goes that two people have not approved. Safe at any time, also twice or after it was cut off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would go or is due, and change nothing.",
        )
        parser.add_argument(
            "--draw-up", action="store_true", help="Draw up a list now, also twice in a month."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._say_what_would_go()
            return
        for item in carry_out():
            done = item.count_words or "nothing was left" if item.done_at else item.left_out_because
            self.stdout.write(f"{item}: {done}")
        if options["draw_up"] or not drawn_up_this_month():
            self._draw_up(options["verbosity"] if not options["draw_up"] else 2)

    def _draw_up(self, verbosity: int) -> None:
        try:
            new = draw_up_list(drawn_up_by=None)
        except RetentionNotPossible as refusal:
            if verbosity > 1:
                self.stdout.write(str(refusal))
        else:
            self.stdout.write(f"{new}: {new.items.count()} things are due, and wait to be checked.")

    def _say_what_would_go(self) -> None:
        current = open_list()
        if current is None:
            items = list(everything_due())
        else:
            self.stdout.write(f"{current} is open: {current.get_state_display().lower()}.")
            items = list(items_of(current))
        for item in items:
            self.stdout.write(str(item))
        self.stdout.write(f"{len(items)} things.")


def drawn_up_this_month() -> bool:
    today = timezone.localdate()
    return DisposalList.objects.filter(
        drawn_up_at__year=today.year, drawn_up_at__month=today.month
    ).exists()
