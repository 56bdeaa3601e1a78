"""`import_findings FILE --source NAME`: load past findings as drafts, for approval."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit_pages.importing.models import ImportBatch
from audit_pages.importing.permissions import user_can_import
from audit_pages.importing.readers.columns import FIELDS
from audit_pages.importing.reports import report_of_batch, report_of_plan
from audit_pages.importing.services import (
    ChosenFile,
    batch_before,
    brings_something,
    load_batch,
    plan,
    start_batch,
)
from audit_pages.importing.sources import SourceTerms, complete_terms
from learning.people.models import StaffMember
from learning.spreadsheets import UnreadableFile


class Command(BaseCommand):
    help = (
        "Loads findings from a CSV, XLSX or JSON lines file as drafts in a batch, which somebody "
        "else approves. Run again, it goes on where it stopped, or changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV, XLSX or JSON lines (UTF-8)")
        parser.add_argument("--source", required=True, help="who published them, such as Ofsted")
        parser.add_argument("--attribution", default="", help="shown on every finding")
        parser.add_argument("--licence", default="", help="its name; “ogl” is enough for that one")
        parser.add_argument("--licence-url", default="")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            help="whose import this is: they cannot approve it. Without it, the batch says that "
            "an operator loaded it",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"when a column has another name; fields: {', '.join(FIELDS)}",
        )
        parser.add_argument("--encoding", default="", help="when it is not UTF-8, such as cp1252")
        parser.add_argument("--dry-run", action="store_true", help="count, and write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _person(options["email"])
        chosen = _chosen(options)
        terms = complete_terms(
            options["source"],
            attribution=options["attribution"],
            licence=options["licence"],
            licence_url=options["licence_url"],
        )
        try:
            report = self._load(chosen, terms, person, options)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)

    def _load(
        self, chosen: ChosenFile, terms: SourceTerms, person: Any, options: dict[str, Any]
    ) -> dict[str, Any]:
        before = batch_before(chosen, source_name=terms.name)
        matches = plan(chosen, source_name=terms.name)
        if options["dry_run"] or not (brings_something(matches) or _is_unfinished(before)):
            return report_of_plan(matches, batch=before, warnings=terms.warnings)
        batch = start_batch(chosen=chosen, terms=terms, imported_by=person)
        show = None if options["json"] else self._show_progress
        return report_of_batch(load_batch(batch.pk, on_progress=show))

    def _show_progress(self, batch: ImportBatch) -> None:
        self.stderr.write(f"\r{batch.rows_done:,} of {batch.rows_total:,} rows", ending="")
        if batch.rows_done >= batch.rows_total:
            self.stderr.write("")

    def _tell(self, report: dict[str, Any]) -> None:
        batch = report["batch"]
        head = f"Batch {batch} ({report['state']})" if batch else "No batch: nothing was written"
        self.stdout.write(
            f"{head}: {report['rows_read']:,} rows read, {report['created']:,} new, "
            f"{report['updated']:,} changed, {report['unchanged']:,} unchanged, "
            f"{report['rejected']:,} rejected."
        )
        for warning in report["warnings"]:
            self.stdout.write(f"Note: {warning}")
        for error in report["errors"]:
            self.stdout.write(f"Row {error['row']}: {error['reason']}")
        if report["state"] == "waiting":
            self.stdout.write(f"To publish: manage.py approve_import {batch} --as EMAIL")


def _is_unfinished(batch: ImportBatch | None) -> bool:
    return batch is not None and batch.state == "loading"


def _person(email: str) -> StaffMember | None:
    if not email:
        return None
    person = StaffMember.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}.")
    if not user_can_import(person):
        raise CommandError(f"{person} may not load findings: editors and lead managers QA may.")
    return person


def _chosen(options: dict[str, Any]) -> ChosenFile:
    path = Path(options["file"])
    try:
        content = sys.stdin.buffer.read() if options["file"] == "-" else path.read_bytes()
    except OSError as error:
        raise CommandError(f"The file {path} cannot be opened: {error.strerror}.") from error
    return ChosenFile(path.name, content, _columns(options["map"]), options["encoding"])


def _columns(said: list[str]) -> dict[str, str]:
    columns = {}
    for pair in said:
        name, _, column = pair.partition("=")
        if name.strip() not in FIELDS or not column.strip():
            raise CommandError(
                f"“{pair}” is not FIELD=COLUMN. The fields are: {', '.join(FIELDS)}."
            )
        columns[name.strip()] = column.strip()
    return columns
