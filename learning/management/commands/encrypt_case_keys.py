"""Encrypt the council's numbers anew, so that an old secret can be given up."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from learning.selection.models import CaseKey

BATCH = 500


class Command(BaseCommand):
    help = (
        "Encrypt every case number under the first of CASE_KEY_SECRETS. Put a new secret in front of the old "
        "one, run this, then take the old one away."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(CaseKey.objects.select_for_update())
        CaseKey.objects.bulk_update(keys, ["council_id"], batch_size=BATCH)
        self.stdout.write(f"Encrypted anew: {len(keys)} case numbers.")
