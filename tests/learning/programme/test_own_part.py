"""What an auditor declares and acknowledges before a case opens (domain.md A19–A20, A58)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from audit_pages.models import GroundRulesPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import Team
from learning.people.roles import Role
from learning.programme.models import (
    Acknowledgement,
    AuditCycle,
    AuditorReadiness,
    AuditTeamMember,
)
from learning.programme.permissions import (
    conflicts_with,
    has_acknowledged,
    is_ready,
    may_audit,
)
from learning.programme.readings import left_to_acknowledge
from learning.programme.states import CycleState
from learning.programme.team_services import declare_links
from tests.learning.audit import a_cycle, a_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
PART = "/audits/2031-Q1/my-part/"


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle(state=CycleState.READY)


@pytest.fixture
def asha(cycle: AuditCycle) -> AuditTeamMember:
    return AuditTeamMember.objects.create(cycle=cycle, person=a_person("Asha"))


def acknowledge_all(client: Any, person: Any, cycle: AuditCycle) -> None:
    revisions = [reading.revision_id for reading in left_to_acknowledge(person, cycle)]
    client.post(f"{PART}reading/", {"revisions": revisions})


def test_the_ground_rules_are_acknowledged_in_their_wording(
    sign_in: SignIn, person: Any, cycle: AuditCycle, asha: AuditTeamMember
) -> None:
    rules = GroundRulesPage.objects.live().get()
    client = sign_in(asha.person)
    assert rules.title in client.get(PART).content.decode()
    acknowledge_all(client, asha.person, cycle)
    assert Acknowledgement.objects.filter(
        person=asha.person, revision_id=rules.live_revision_id
    ).exists()
    assert rules.pk and not _ground_rules_left(asha.person, cycle)
    rules.introduction = "A new wording."
    rules.save_revision(user=person(Role.EDITOR))
    approve_and_publish(page=rules, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    assert _ground_rules_left(asha.person, cycle)
    assert not has_acknowledged(asha.person, cycle)


def _ground_rules_left(person: Any, cycle: AuditCycle) -> bool:
    subjects = [reading.subject for reading in left_to_acknowledge(person, cycle)]
    return Acknowledgement.Subject.GROUND_RULES in subjects


def test_a_wording_that_is_not_the_present_one_is_not_acknowledged(
    sign_in: SignIn, cycle: AuditCycle, asha: AuditTeamMember
) -> None:
    old = GroundRulesPage.objects.live().get().live_revision_id - 1
    answer = sign_in(asha.person).post(f"{PART}reading/", {"revisions": [old]})
    assert "The wording has changed since you opened this page." in answer.content.decode()
    assert not Acknowledgement.objects.exists()


def test_nobody_acknowledges_without_being_in_the_team(sign_in: SignIn, cycle: AuditCycle) -> None:
    answer = sign_in(Role.FRONT_LINE).post(f"{PART}reading/", {"revisions": [1]})
    assert answer.status_code == 404


def test_nothing_counts_as_acknowledged_while_no_rules_are_published(
    cycle: AuditCycle, asha: AuditTeamMember
) -> None:
    GroundRulesPage.objects.update(live=False)
    assert not has_acknowledged(asha.person, cycle)


def test_links_are_declared_and_speak_against_cases(sign_in: SignIn, asha: AuditTeamMember) -> None:
    worker, team = a_person("Wyn"), Team.objects.get(code="fostering")
    carer = a_person("Cora", team=team)
    assert may_audit(asha, worker) == []
    sign_in(asha.person).post(
        f"{PART}links/", {"workers": "wyn built", "teams": [team.pk], "words": "A cousin"}
    )
    asha.refresh_from_db()
    assert asha.links_declared_at is not None
    assert may_audit(asha, worker) == ["Asha Built has declared a link to the worker of this case."]
    assert may_audit(asha, carer) == ["Asha Built has declared a link to the team of this case."]
    assert may_audit(asha, None, team=team) != []
    assert may_audit(asha, a_person("Free")) == []


def test_having_no_links_is_a_declaration_too(sign_in: SignIn, asha: AuditTeamMember) -> None:
    sign_in(asha.person).post(f"{PART}links/", {"workers": "", "words": ""})
    asha.refresh_from_db()
    assert asha.links_declared_at is not None
    assert not asha.conflicts.exists()


def test_a_name_that_nobody_has_is_said(sign_in: SignIn, asha: AuditTeamMember) -> None:
    answer = sign_in(asha.person).post(f"{PART}links/", {"workers": "No Body"})
    assert "Nobody here is called “No Body”" in answer.content.decode()
    asha.refresh_from_db()
    assert asha.links_declared_at is None


def test_links_are_declared_by_oneself(person: Any, asha: AuditTeamMember) -> None:
    with pytest.raises(PermissionDenied):
        declare_links(member=asha, workers=[], teams=[], words="", declared_by=person(Role.LEAD_QA))


def test_the_words_of_a_declaration_are_not_shown_to_colleagues(
    sign_in: SignIn, cycle: AuditCycle, asha: AuditTeamMember
) -> None:
    sign_in(asha.person).post(f"{PART}links/", {"workers": "", "words": "CANARYWORDS"})
    for role in (Role.FRONT_LINE, Role.AUDIT_ADMIN, Role.LEAD_QA):
        for url in ("/audits/", "/audits/2031-Q1/", "/audits/2031-Q1/team/", PART):
            assert "CANARYWORDS" not in sign_in(role).get(url).content.decode()


def test_nobody_audits_their_own_work_their_teams_or_their_managers() -> None:
    team = Team.objects.get(code="adoption")
    boss = a_person("Boss")
    worker = a_person("Wyn", team=team, line_manager=boss)
    assert conflicts_with(worker, worker) == ["Wyn Built is the worker of this case."]
    assert "same team" in conflicts_with(a_person("Mate", team=team), worker)[0]
    assert "manages the worker" in conflicts_with(boss, worker)[0]
    assert "is managed by the worker" in conflicts_with(worker, boss)[0]
    assert conflicts_with(a_person("Free"), worker) == []
    assert conflicts_with(a_person("Loose"), a_person("Alone")) == [], "no team is not a team"


def test_the_team_that_holds_a_case_counts_beside_the_workers(cycle: AuditCycle) -> None:
    team = Team.objects.get(code="adoption")
    member = AuditTeamMember.objects.create(cycle=cycle, person=a_person("Mate", team=team))
    assert may_audit(member, a_person("Moved"), team=team) == [
        "Mate Built works in the team that holds this case."
    ]


@pytest.mark.parametrize(
    ("modules", "briefing", "on", "ready"),
    [
        (date(2030, 1, 1), date(2030, 2, 1), date(2030, 2, 1), True),
        (date(2030, 1, 1), date(2030, 2, 1), date(2030, 1, 31), False),
        (date(2030, 1, 1), date(2030, 2, 1), date(2032, 1, 31), True),
        (date(2030, 1, 1), date(2030, 2, 1), date(2032, 2, 1), False),
        (None, date(2030, 2, 1), date(2030, 3, 1), False),
        (date(2030, 1, 1), None, date(2030, 3, 1), False),
    ],
)
def test_preparation_counts_when_complete_and_lapses(
    person: Any, modules: date | None, briefing: date | None, on: date, ready: bool
) -> None:
    asha = a_person("Asha")
    AuditorReadiness.objects.create(
        person=asha,
        modules_read_on=modules,
        briefing_attended_on=briefing,
        recorded_by=person(Role.LEAD_QA),
    )
    assert is_ready(asha, on) is ready


def test_a_lead_records_preparation(sign_in: SignIn) -> None:
    asha = a_person("Asha")
    form = {
        "modules_read_on_day": "1",
        "modules_read_on_month": "6",
        "modules_read_on_year": "2026",
    }
    form |= {k.replace("modules_read", "briefing_attended"): v for k, v in form.items()}
    url = f"/audits/preparation/{asha.pk}/"
    assert sign_in(Role.QA_OFFICER).post(url, form).status_code == 403
    sign_in(Role.LEAD_QA).post(url, form)
    assert is_ready(type(asha).objects.get(pk=asha.pk), date(2026, 6, 1))
    future = form | {"modules_read_on_year": "2090"}
    assert "has not come yet" in sign_in(Role.LEAD_QA).post(url, future).content.decode()


def test_a_lead_does_not_record_their_own_preparation(sign_in: SignIn, person: Any) -> None:
    lead = person(Role.LEAD_QA)
    answer = sign_in(lead).post(f"/audits/preparation/{lead.pk}/", {"modules_read_on_day": ""})
    assert answer.status_code == 403
    assert not AuditorReadiness.objects.filter(person=lead).exists()


def test_the_preparation_is_reviewed_once_a_year_with_what_changes(
    sign_in: SignIn, cycle: AuditCycle
) -> None:
    form = {
        "reviewed_on_day": "3",
        "reviewed_on_month": "11",
        "reviewed_on_year": "2026",
        "words": "Auditors knew how to write, less how to listen.",
        "changes": "",
    }
    lead = sign_in(Role.LEAD_QA)
    lead.post("/audits/years/2031/preparation/", form)
    assert "less how to listen" not in lead.get("/audits/preparation/").content.decode()
    lead.post("/audits/years/2031/preparation/", form | {"changes": "Module 7 gains a rehearsal."})
    page = sign_in(Role.QA_OFFICER).get("/audits/preparation/").content.decode()
    assert "Module 7 gains a rehearsal." in page


def test_my_work_asks_an_auditor_for_what_is_left(
    sign_in: SignIn, cycle: AuditCycle, asha: AuditTeamMember
) -> None:
    client = sign_in(asha.person)
    page = client.get("/my/my-work/").content.decode()
    assert "2031-Q1: declare your links" in page
    assert "2031-Q1: read and acknowledge" in page
    client.post(f"{PART}links/", {"workers": ""})
    acknowledge_all(client, asha.person, cycle)
    page = client.get("/my/my-work/").content.decode()
    assert "declare your links" not in page
    assert "read and acknowledge" not in page
