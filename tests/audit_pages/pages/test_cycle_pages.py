"""Each cycle has its page: made with it, true to its dates, and published by a second person."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit_pages.models import CyclePage
from audit_pages.pages.cycle_keeping import keep_page
from audit_pages.publishing.models import Approval, NotApproved
from audit_pages.publishing.records import record_of
from audit_pages.publishing.services import approve_and_publish
from learning.people.roles import Role
from learning.programme.arranging import set_focus
from learning.programme.models import Acknowledgement, AuditCycle
from learning.programme.moving import move_days
from learning.programme.permissions import has_acknowledged
from learning.programme.readings import readings_of
from learning.programme.services import plan_programme
from learning.programme.team_services import acknowledge
from learning.vocabulary.models import Theme
from search.ledger.models import LedgerRow
from tests.learning.audit import a_pair, a_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
DAYS = (date(2029, 3, 6), date(2029, 3, 7))


@pytest.fixture
def cycle(person: Any) -> AuditCycle:
    programme = plan_programme(
        year=2029, cycles=[DAYS], planned_by=person(Role.LEAD_QA), reason="A test"
    )
    return programme.cycles.get()


def publish(cycle: AuditCycle, person: Any, context: str = "<p>We look again.</p>") -> CyclePage:
    """The cycle's page, written by an editor and approved by a lead."""
    page = CyclePage.objects.get(cycle=cycle)
    page.context = context
    page.save_revision(user=person(Role.EDITOR))
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    return CyclePage.objects.get(cycle=cycle)


def test_planning_a_cycle_makes_a_draft_that_nobody_reads_yet(
    sign_in: SignIn, cycle: AuditCycle
) -> None:
    page = CyclePage.objects.get(cycle=cycle)
    assert not page.live
    assert page.has_unpublished_changes
    assert sign_in(Role.FRONT_LINE).get(page.get_url()).status_code == 404
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish()


def test_a_cycle_has_one_page_however_often_it_changes(cycle: AuditCycle) -> None:
    assert keep_page(cycle) == keep_page(cycle) == CyclePage.objects.get(cycle=cycle)


def test_the_lead_who_wrote_the_briefing_does_not_publish_it(
    cycle: AuditCycle, person: Any
) -> None:
    page = CyclePage.objects.get(cycle=cycle)
    page.context = "<p>Mine alone.</p>"
    page.save_revision(user=person(Role.LEAD_QA))
    with pytest.raises(Exception, match="somebody else needs to approve"):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


def test_dates_that_move_show_at_once_and_are_indexed_anew(
    sign_in: SignIn, cycle: AuditCycle, person: Any
) -> None:
    page = publish(cycle, person)
    reader = sign_in(Role.FRONT_LINE)
    assert "6 and 7 March 2029" in reader.get(page.get_url()).content.decode()
    LedgerRow.objects.update(dirty=False)
    move_days(
        cycle=cycle,
        days=(date(2029, 3, 13), date(2029, 3, 14)),
        moved_by=person(Role.LEAD_QA),
        reason="The hall is taken",
    )
    html = reader.get(page.get_url()).content.decode()
    assert "13 and 14 March 2029" in html
    assert "6 March 2029" not in html
    assert LedgerRow.objects.get(page_id=page.pk).dirty
    record = record_of(page.pk)
    assert record is not None
    assert record.dated_on == date(2029, 3, 13)
    assert record.sections[-1].text == "13 March 2029, 14 March 2029"


def test_the_record_holds_what_is_public_and_nothing_of_the_team(
    cycle: AuditCycle, person: Any
) -> None:
    a_pair(cycle, a_person("Canaryasha"), a_person("Canarybran"))
    cycle.team.update(links="CANARYLINK")
    set_focus(
        cycle=cycle,
        source="research",
        source_words="CANARYSOURCE",
        population="Children in need",
        theme=Theme.objects.get(code="R02"),
        question="Who asks the child?",
        set_by=person(Role.LEAD_QA),
    )
    record = record_of(publish(cycle, person).pk)
    assert record is not None
    assert "Children in need" in record.focus
    assert record.quarter == "2029-Q1"
    assert "CANARY" not in repr(record).upper()


def test_the_briefing_is_acknowledged_in_its_published_wording(
    cycle: AuditCycle, person: Any
) -> None:
    asha = a_person("Asha")
    Subject = Acknowledgement.Subject
    assert [r.subject for r in readings_of(cycle)] == [Subject.GROUND_RULES]
    acknowledge(cycle=cycle, person=asha, revisions=[r.revision_id for r in readings_of(cycle)])
    assert not has_acknowledged(asha, cycle), "the briefing is not published yet"
    publish(cycle, person)
    acknowledge(cycle=cycle, person=asha, revisions=[r.revision_id for r in readings_of(cycle)])
    assert has_acknowledged(asha, cycle)
    publish(cycle, person, "<p>We look again, elsewhere.</p>")
    assert not has_acknowledged(asha, cycle)


def test_the_list_of_cycles_stands_newest_first_in_a_constant_number_of_queries(
    sign_in: SignIn, cycle: AuditCycle, person: Any
) -> None:
    section = publish(cycle, person).get_parent()
    reader = sign_in(Role.FRONT_LINE)
    reader.get(section.get_url())
    with CaptureQueriesContext(connection) as few:
        reader.get(section.get_url())
    for year in (2030, 2031):
        programme = plan_programme(
            year=year,
            cycles=[(date(year, 3, 5), date(year, 3, 6))],
            planned_by=person(Role.LEAD_QA),
            reason="A test",
        )
        publish(programme.cycles.get(), person)
    with CaptureQueriesContext(connection) as many:
        html = reader.get(section.get_url()).content.decode()
    assert len(many) == len(few)
    places = [html.index(f"Audit days {year}-Q1") for year in (2031, 2030, 2029)]
    assert places == sorted(places)


def test_nobody_makes_a_second_page_by_hand(sign_in: SignIn, cycle: AuditCycle) -> None:
    section = CyclePage.objects.get(cycle=cycle).get_parent()
    url = f"/admin/pages/add/audit_pages/cyclepage/{section.pk}/"
    assert sign_in(Role.LEAD_QA).get(url).status_code in (302, 403)
    assert CyclePage.objects.filter(cycle=cycle).count() == 1
