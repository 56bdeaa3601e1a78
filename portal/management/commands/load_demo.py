"""`load_demo`: the fictional borough."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.demo.loader import PASSWORD, NotADemo, load_demo, sign_ins


class Command(BaseCommand):
    help = "Loads the fictional borough of Harrowmere. Refuses a database that holds anybody else."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            with transaction.atomic():
                load_demo(progress=lambda line: self.stdout.write(f"  {line}"))
        except NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("search_drain", stdout=self.stdout)
        self.stdout.write(f"The borough stands after {time.monotonic() - started:.0f} seconds.")
        self.stdout.write(f"\nSign in with the password {PASSWORD} as\n")
        for role, email in sign_ins():
            self.stdout.write(f"  {role:<24} {email}")
