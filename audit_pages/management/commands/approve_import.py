"""`manage.py approve_import BATCH --as EMAIL`: a second person lets a batch go live."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit_pages.importing.approving import MayNotDecide, NotDecidable, approve_batch
from audit_pages.importing.models import ImportBatch
from audit_pages.importing.reports import report_of_decision
from learning.people.models import StaffMember


class Command(BaseCommand):
    help = (
        "Publishes the drafts of an import batch in the name of a lead manager QA who did not load "
        "it. Drafts that were changed since are left to the ordinary approval. A batch is approved "
        "once; an approval that was cut short goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="its number, as import_findings prints it")
        parser.add_argument("--as", dest="email", required=True, help="who approves")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        person = StaffMember.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        try:
            batch = approve_batch(batch_id=options["batch"], by=person)
        except ImportBatch.DoesNotExist as error:
            raise CommandError(f"There is no batch {options['batch']}.") from error
        except (MayNotDecide, NotDecidable) as error:
            raise CommandError(str(error)) from error
        self._tell(report_of_decision(batch), as_json=options["json"])

    def _tell(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(
            f"Batch {report['batch']} ({report['state']}): {report['published']:,} published, "
            f"{len(report['left']):,} left as they were."
        )
        for row in report["left"]:
            self.stdout.write(f"Row {row['row'] or '–'}: {row['reason']}")
