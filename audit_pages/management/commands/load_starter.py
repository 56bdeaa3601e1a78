"""`load_starter`: put the starter content into a new portal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit_pages.starter.loader import People, load_starter
from learning.models import StaffMember


class Command(BaseCommand):
    help = (
        "Publishes the starter content: sections, themes, guidance, training, ground rules, family "
        "feedback questions and the glossary. Pages that exist are left as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--written-by", required=True, metavar="EMAIL")
        parser.add_argument("--approved-by", required=True, metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        writer, approver = (self._person(options[name]) for name in ("written_by", "approved_by"))
        if writer == approver:
            raise CommandError(
                "The starter content needs two people: a writer and another who approves."
            )
        load_starter(People(writer, approver), progress=lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write("The starter content is in place.")

    def _person(self, email: str) -> StaffMember:
        person = StaffMember.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}. Make that person first.")
        return person
