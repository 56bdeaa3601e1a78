"""`send_follow_ups`: ask again where a recommendation has not been confirmed in writing."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.recommendations.follow_up_models import FollowUp
from learning.recommendations.follow_ups import Round, highest, plan_follow_ups, send_follow_ups


class Command(BaseCommand):
    help = "Sends the follow-ups on recommendations that have come due. Safe to run at any time, also twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be sent, and send nothing."
        )
        parser.add_argument("--json", action="store_true", help="Write one JSON object.")
        parser.add_argument("--on", type=_day, help="Take this day as today, as in 2026-11-23.")

    def handle(self, *args: Any, **options: Any) -> None:
        climb = plan_follow_ups if options["dry_run"] else send_follow_ups
        done = climb(options["on"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(done, options["dry_run"]), indent=2))
        else:
            self._write_lines(done, options["dry_run"], options["verbosity"])
        if done.failed:
            raise CommandError(
                f"{len(done.failed)} people could not be told; the next round tries again."
            )

    def _write_lines(self, done: Round, is_plan: bool, verbosity: int) -> None:
        verb = "would be told" if is_plan else "was told"
        for rows in done.sent:
            named = ", ".join(f"{row.recommendation.ref} ({row.rung})" for row in highest(rows))
            self.stdout.write(f"Person {rows[0].recipient_id} {verb} of {named}.")
        if done.to_nobody:
            self.stdout.write(
                f"{done.to_nobody} follow-ups have nobody to go to: no lead signs in."
            )
        if verbosity > 1 or (verbosity and not done.sent):
            self.stdout.write(f"{len(done.recorded)} rungs had come due by {done.on}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a day such as 2026-11-23.") from error


def _as_json(done: Round, is_plan: bool) -> dict[str, Any]:
    return {
        "on": done.on.isoformat(),
        "dry_run": is_plan,
        "recorded": [_rung(row) for row in done.recorded],
        "messages": [
            {
                "person": rows[0].recipient_id,
                "rungs": [_rung(row) for row in rows],
                "named": [_rung(row) for row in highest(rows)],
            }
            for rows in done.sent
        ],
        "failed": done.failed,
        "to_nobody": done.to_nobody,
    }


def _rung(row: FollowUp) -> dict[str, Any]:
    return {
        "recommendation": row.recommendation.ref,
        "rung": row.rung,
        "due_on": row.due_on.isoformat(),
        "recipient": row.recipient_id,
        "stand_in": row.is_stand_in,
    }
