"""The audits of the fictional borough, loaded once; what stands already is left as it is."""

from collections.abc import Callable

from django.db import transaction

from learning.proforma.models import ProFormaVersion
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from portal.demo.audits.briefings import publish_briefing
from portal.demo.audits.cast import Cast
from portal.demo.audits.closed import write_closed
from portal.demo.audits.cycles import make_cycle
from portal.demo.audits.evidence import name_evidence
from portal.demo.audits.letters import write_letters
from portal.demo.audits.process import review_years
from portal.demo.audits.quarters import CLOSED, FIRST_DAYS, UNDER_WAY, moment
from portal.demo.audits.reports import write_reports
from portal.demo.audits.sent_back import send_page_back
from portal.demo.audits.spot_checks import make_spot_checks
from portal.demo.audits.stories import Teller
from portal.demo.audits.teams import prepare_auditors
from portal.demo.audits.under_way import write_under_way
from portal.demo.audits.watching import leave_to_governance


@transaction.atomic
def load_audits(progress: Callable[[str], None] = lambda line: None) -> None:
    """Every cycle of the borough. Nothing is added where one of them stands already."""
    if AuditCycle.objects.filter(ref__in=FIRST_DAYS).exists():
        progress("Audits stand already")
        return
    cast, teller = Cast(), Teller()
    prepare_auditors(cast)
    cycles = {ref: make_cycle(ref, cast) for ref in FIRST_DAYS}
    for ref in CLOSED:
        publish_briefing(cycles[ref], cast)
        write_closed(cycles[ref], cast, teller)
    publish_briefing(cycles[UNDER_WAY], cast)
    write_under_way(cycles[UNDER_WAY], cast, teller)
    review_years(cast)
    make_spot_checks(cast)
    _freeze_forms()
    write_letters(cast)
    write_reports(cast)
    leave_to_governance(cast)
    send_page_back(cast)
    progress(f"{AuditSubmission.objects.count()} audits in {len(cycles)} cycles")
    progress(f"{name_evidence(cast)} pieces of evidence for findings")


def _freeze_forms() -> None:
    """A form that an audit has used never changes."""
    used = ProFormaVersion.objects.filter(submissions__isnull=False, frozen_at=None).distinct()
    ProFormaVersion.objects.filter(pk__in=list(used.values_list("pk", flat=True))).update(
        frozen_at=moment(FIRST_DAYS[CLOSED[0]], 9)
    )
