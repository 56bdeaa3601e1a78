"""Two people, or two rounds, at the same moment: one does it, and nothing is done or told twice."""

from datetime import timedelta

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from learning.escalations.alerts import send_alerts
from learning.escalations.models import Escalation, EscalationAlert
from learning.escalations.refusals import HandingOverNotPossible
from learning.escalations.services import acknowledge, convey, hand_over, raise_escalation
from learning.events.steps import StepNotPossible
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, an_escalation, audited_cases
from tests.learning.recommendations.test_at_once import at_once, refused

DIRECTOR = "bernadette.sallis@harrowmere.example"


def an_audit() -> AuditSubmission:
    return audited_cases(a_cycle(), 1)[0]


def test_two_leads_who_convey_at_once_convey_once(cloned_database: str) -> None:
    row = an_escalation(an_audit())
    lead = first_with(Role.LEAD_QA)
    deputy = StaffMember.objects.get(email="julian.obuya@harrowmere.example")
    seniors = [first_with(Role.SENIOR_MANAGER), StaffMember.objects.get(email=DIRECTOR)]

    def conveying(by: StaffMember, to: StaffMember) -> Escalation:
        return convey(
            escalation=row,
            recipient=to,
            action=f"By {by.pk}",
            deadline=timezone.now() + timedelta(hours=3),
            names_manager=False,
            conveyed_by=by,
        )

    answers = at_once(lambda: conveying(lead, seniors[0]), lambda: conveying(deputy, seniors[1]))

    assert refused(answers) == 1
    row = Escalation.objects.get()
    assert row.action == f"By {row.conveyed_by_id}"
    assert EscalationAlert.objects.get(kind="conveyed").recipient == row.recipient


def test_a_pair_that_reports_twice_at_once_opens_one(cloned_database: str) -> None:
    submission, lead = an_audit(), first_with(Role.LEAD_QA)

    def report(words: str) -> Escalation:
        return raise_escalation(about=submission, raised_by=lead, words=words)

    at_once(*[lambda n=n: report(f"Words {n}") for n in range(4)])
    assert Escalation.objects.get().notes.count() == 4


def test_concerns_of_many_audits_at_once_get_references_of_their_own(cloned_database: str) -> None:
    submissions, lead = audited_cases(a_cycle(), 5), first_with(Role.LEAD_QA)
    at_once(*[lambda s=s: raise_escalation(about=s, raised_by=lead) for s in submissions])
    refs = Escalation.objects.order_by("ref").values_list("ref", flat=True)
    assert list(refs) == [f"2031-Q1-E-{number:02}" for number in range(1, 6)]


def test_three_rounds_at_once_tell_everybody_once(cloned_database: str) -> None:
    for submission in audited_cases(a_cycle(), 6):
        an_escalation(submission, raised_at=timezone.now() - timedelta(days=9))
    mail.outbox.clear()
    at_once(*[send_alerts] * 3)
    send_alerts()
    assert EscalationAlert.objects.count() == 6 * 3, "lead, then deputy's stand-in, then director"
    assert not EscalationAlert.objects.filter(sent_at__isnull=True).exists()
    assert len(mail.outbox) == 6 * 3
    identities = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(set(identities)) == len(identities)


def test_whoever_acknowledges_while_it_is_handed_over_has_it_or_not(cloned_database: str) -> None:
    """Never is it acknowledged for somebody by who had it before."""
    seniors = [first_with(Role.SENIOR_MANAGER), StaffMember.objects.get(email=DIRECTOR)]
    lead = first_with(Role.LEAD_QA)
    *audits, last = audited_cases(a_cycle(), 5)
    for submission in audits:
        row = an_escalation(submission, recipient=seniors[0], state="conveyed")
        at_once(lambda row=row: _acknowledge(row, seniors[0]), lambda row=row: _hand_over(row))
        row = Escalation.objects.get(pk=row.pk)
        assert (row.state, row.recipient, row.times_handed_over) == ("conveyed", seniors[1], 1)
    row = an_escalation(last, recipient=seniors[0], state="conveyed")
    answers = at_once(*[lambda: _hand_over(row)] * 3)
    assert refused(answers) == 2
    assert row.handovers.get().handed_over_by == lead


def _acknowledge(row: Escalation, person: StaffMember) -> Escalation | None:
    try:
        return acknowledge(escalation=row, acknowledged_by=person)
    except PermissionDenied:
        return None


def _hand_over(row: Escalation) -> Escalation:
    try:
        return hand_over(
            escalation=row,
            recipient=StaffMember.objects.get(email=DIRECTOR),
            why="Away.",
            had_by=first_with(Role.SENIOR_MANAGER).pk,
            handed_over_by=first_with(Role.LEAD_QA),
        )
    except HandingOverNotPossible as refusal:
        raise StepNotPossible(str(refusal)) from refusal
