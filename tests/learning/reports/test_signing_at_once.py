"""Lead and deputy who sign one report at the same moment: one signature stands, and the other is refused."""

from learning.events.models import Event
from learning.models import AuditCycle, CycleReport, StaffMember
from learning.people.roles import Role
from learning.reports import services
from portal.demo.loader import first_with
from tests.learning.recommendations.test_at_once import at_once, refused
from tests.learning.reports.conftest import a_round, written


def test_two_signatures_at_once_end_in_one(cloned_database: str) -> None:
    round_ = a_round(first_with)
    deputy = StaffMember.objects.get(email="julian.obuya@harrowmere.example")
    AuditCycle.objects.filter(pk=round_.cycle.pk).update(deputy=deputy)
    assert first_with(Role.LEAD_QA) == round_.lead != deputy
    report = written(round_)

    answers = at_once(
        *[
            lambda who=who: services.sign_report(report=report, signed_by=who, full_name=str(who))
            for who in (round_.lead, deputy)
        ]
    )

    assert refused(answers) == 1
    kept = CycleReport.objects.get(pk=report.pk)
    assert kept.is_signed
    assert kept.signed_name == str(kept.signed_by)
    (event,) = Event.objects.filter(action="cyclereport.sign", object_id=str(report.pk))
    assert event.actor_id == kept.signed_by_id
