"""`send_escalation_alerts`: tells whose turn it is with what cannot wait, and whom when a clock has run out."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from learning.escalations.alerts import Round, plan_alerts, send_alerts
from learning.escalations.models import EscalationAlert


class Command(BaseCommand):
    help = "Sends the alerts about escalations that have come due. Safe to run at any time, also twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be sent, and send nothing."
        )
        parser.add_argument("--json", action="store_true", help="Write one JSON object.")
        parser.add_argument(
            "--at", type=_moment, help="Take this moment as now, as in 2026-11-23T11:40."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        act = plan_alerts if options["dry_run"] else send_alerts
        done = act(options["at"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(done, options["dry_run"]), indent=2))
        else:
            self._write_lines(done, options["dry_run"])
        if done.failed:
            raise CommandError(
                f"{len(done.failed)} alerts could not be sent; the next round tries again."
            )

    def _write_lines(self, done: Round, is_plan: bool) -> None:
        verb = "would be told" if is_plan else "was told"
        for row in done.sent:
            self.stdout.write(
                f"Person {row.recipient_id} {verb} of {row.escalation.ref} ({row.kind})."
            )
        if done.to_nobody:
            self.stdout.write(f"{done.to_nobody} alerts have nobody to go to: no lead signs in.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a moment such as 2026-11-23T11:40.") from error
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _as_json(done: Round, is_plan: bool) -> dict[str, Any]:
    return {
        "at": done.at.isoformat(),
        "dry_run": is_plan,
        "recorded": [_alert(row) for row in done.recorded],
        "sent": [_alert(row) for row in done.sent],
        "failed": done.failed,
        "to_nobody": done.to_nobody,
    }


def _alert(row: EscalationAlert) -> dict[str, Any]:
    return {
        "escalation": row.escalation.ref,
        "kind": row.kind,
        "due_at": row.due_at.isoformat(),
        "recipient": row.recipient_id,
        "stand_in": row.is_stand_in,
    }
