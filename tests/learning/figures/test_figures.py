"""Figures of five cycles: what they count, and what nobody may get out of them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.events.working_days import add_working_days
from learning.exports import FICTIONAL
from learning.figures import auditing, families, following, impact, sample, themes
from learning.figures.drawing import as_png, as_svg
from learning.figures.figure import Figure
from learning.figures.scope import chance_of_meeting, scope_up_to
from learning.models import (
    AuditCycle,
    AuditSubmission,
    ImpactAssessment,
    Recommendation,
    StaffMember,
)
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.selection.states import SelectionRoute
from tests.learning.audit import a_cycle, a_person, a_recommendation, a_statement, audited_cases

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
TODAY = timezone.localdate()


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle("2031-Q1", CycleState.REPORTING, TODAY - timedelta(days=40))


def tagged(audits: list[AuditSubmission], count: int, kind: str, theme: str) -> None:
    for audit in audits[:count]:
        a_statement(audit, kind, theme)


def words(figure: Figure, label: str) -> list[str]:
    return next(row[1:] for row in figure.table if row[0].startswith(label))


# --- Themes ----------------------------------------------------------------------------------------------


def test_a_theme_counts_once_for_an_audit_however_many_statements_carry_it(
    cycle: AuditCycle,
) -> None:
    audits = audited_cases(cycle, 20)
    tagged(audits, 8, "strength", "P01")
    tagged(audits, 8, "mixed", "P01")
    figure = themes.strengths_over_time(scope_up_to(cycle, TODAY))
    assert words(figure, "Lived experience") == ["8 of 20 audits (40%)"]


def test_themed_cases_are_never_put_into_one_percentage_with_random_ones(
    cycle: AuditCycle,
) -> None:
    tagged(audited_cases(cycle, 20), 8, "strength", "P01")
    tagged(audited_cases(cycle, 10, route=SelectionRoute.THEMED), 10, "strength", "P01")
    figure = themes.strengths_over_time(scope_up_to(cycle, TODAY))
    assert words(figure, "Lived experience") == ["8 of 20 audits (40%)"]


@pytest.mark.parametrize(("count", "shown"), [(3, "fewer than 5"), (18, "nearly all")])
def test_few_and_all_but_few_are_not_counted_out(cycle: AuditCycle, count: int, shown: str) -> None:
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    tagged(audited_cases(before, 20), 9, "strength", "P01")
    tagged(audited_cases(cycle, 20), count, "strength", "P01")
    figure = themes.strengths_over_time(scope_up_to(cycle, TODAY))
    assert words(figure, "Lived experience")[1].startswith(shown)
    assert "%" not in words(figure, "Lived experience")[1]


def test_a_theme_of_nearly_all_audits_is_not_left_out(cycle: AuditCycle) -> None:
    tagged(audited_cases(cycle, 20), 18, "strength", "P01")
    figure = themes.strengths_over_time(scope_up_to(cycle, TODAY))
    assert words(figure, "Lived experience") == ["nearly all of 20 audits"]


def test_the_four_before_together_do_not_give_a_hidden_cycle_away(cycle: AuditCycle) -> None:
    for number, count in enumerate((3, 9), start=3):
        before = a_cycle(f"2030-Q{number}", CycleState.CLOSED, TODAY - timedelta(days=400 - number))
        tagged(audited_cases(before, 20), count, "strength", "P01")
    tagged(audited_cases(cycle, 20), 7, "strength", "P01")
    figure = themes.strength_and_development(scope_up_to(cycle, TODAY))
    assert words(figure, "Lived experience")[:2] == ["7", "not shown"]


def test_cycles_that_are_not_signed_off_are_in_no_figure(cycle: AuditCycle) -> None:
    AuditCycle.objects.filter(pk=cycle.pk).update(state=CycleState.QUALITY_ASSURANCE)
    tagged(audited_cases(cycle, 20), 9, "strength", "P01")
    assert scope_up_to(None, TODAY).cycle != cycle


def test_before_and_after_says_when_two_samples_cannot_be_told_apart(cycle: AuditCycle) -> None:
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    owner = a_person("Olive")
    advice = a_recommendation(owner=owner, cycle=before, level="service")
    advice.themes.set(themes.Theme.objects.filter(code="P07"))
    tagged(audited_cases(before, 24), 14, "development_area", "P07")
    tagged(audited_cases(cycle, 24), 9, "development_area", "P07")
    figure = themes.before_and_after(scope_up_to(cycle, TODAY))
    assert words(figure, "SMART plans, 2030-Q4")[2].startswith(
        "These samples are too small to tell"
    )


def test_what_a_later_cycle_showed_stands_in_the_ledger(cycle: AuditCycle) -> None:
    advice = _assessed(cycle, before_seen=6)
    scope = scope_up_to(cycle, TODAY)
    assert words(impact.impact_ledger(scope), advice.ref)[-1] == "Change emerging"
    shown = words(themes.retested(scope), advice.ref)
    assert shown[0] == "6 of 24 audits (25%), between 12% and 45%"
    assert "hardly by chance" in shown[2]


def test_small_counts_of_a_test_are_not_compared(cycle: AuditCycle) -> None:
    advice = _assessed(cycle, before_seen=2)
    shown = words(themes.retested(scope_up_to(cycle, TODAY)), advice.ref)
    assert shown[0] == "fewer than 5 of 24 audits"
    assert shown[2].endswith("Too few audits to compare.")


def _assessed(cycle: AuditCycle, before_seen: int) -> Recommendation:
    """A recommendation of the cycle before, asked again in this one."""
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    advice = a_recommendation(owner=a_person("Olive"), cycle=before, level="service")
    assert words(impact.impact_ledger(scope_up_to(cycle, TODAY)), advice.ref)[-1] == (
        "Not yet tested"
    )
    test = advice.impact_tests.create(cycle=cycle, question="Seen?", planned_by=before.lead)
    ImpactAssessment.objects.create(
        test=test,
        before_seen=before_seen,
        before_of=24,
        after_seen=18,
        after_of=24,
        status="emerging",
        words="More of it.",
        assessed_by=before.lead,
    )
    return advice


def test_families_are_counted_and_few_of_them_hidden(cycle: AuditCycle) -> None:
    audits = audited_cases(cycle, 20)
    for number, audit in enumerate(audits[:12]):
        _asked(audit, "incorporated", "P01" if number < 7 else "P02")
    for audit in audits[12:14]:
        _asked(audit, "not_safe", "")
    scope = scope_up_to(cycle, TODAY)
    voice = families.family_voice(scope)
    assert words(voice, "Parent") == ["nearly all of 14 asked"]
    assert words(voice, "Child") == ["nobody"]
    agreement = words(families.family_agreement(scope), "Lived experience")
    assert agreement[:3] == ["no audits"] * 3
    assert agreement[3] == "7", (
        "of 12, less “nearly all of 14”, would be the two who were not heard"
    )


def _asked(audit: AuditSubmission, state: str, theme: str) -> None:
    """A parent was asked about this case, and agreed with the audit on a theme."""
    feedback = audit.family_feedback.create(asked="parent_or_carer", state=state, due_date=TODAY)
    if theme:
        feedback.raised.create(theme=themes.Theme.objects.get(code=theme), view="same")


@pytest.mark.parametrize(("cases", "chance"), [(10, 65), (20, 88), (30, 96), (40, 99)])
def test_the_chance_of_meeting_one_in_ten(cases: int, chance: int) -> None:
    assert round(100 * chance_of_meeting(0.1, cases)) == chance


# --- Recommendations -------------------------------------------------------------------------------------


def test_statuses_follow_from_dates_and_small_numbers_about_cases_are_hidden(
    cycle: AuditCycle,
) -> None:
    owner = a_person("Olive")
    audits = audited_cases(cycle, 8)
    for audit in audits[:2]:
        a_recommendation(audit, owner=owner, due_in=-9)
    for audit in audits[2:]:
        a_recommendation(audit, owner=owner, due_in=60)
    a_recommendation(owner=owner, cycle=cycle, level="service", due_in=-9)
    figure = following.by_status(scope_up_to(cycle, TODAY))
    assert words(figure, "Service")[:3] == ["0", "0", "1"]
    assert words(figure, "This child")[2] == "not shown"
    assert "2" not in words(figure, "This child")


def test_open_ones_are_counted_by_age_until_somebody_has_verified_them(cycle: AuditCycle) -> None:
    owner = a_person("Olive")
    for state, age in (("issued", 5), ("completion_confirmed", 30), ("verified", 130)):
        row = a_recommendation(owner=owner, cycle=cycle, level="service", state=state)
        issued = add_working_days(TODAY, -age)
        noon = timezone.make_aware(datetime.combine(issued, time(12)))
        Recommendation.objects.filter(pk=row.pk).update(issued_at=noon)
    last = Recommendation.objects.get(state="completion_confirmed", cycle=cycle)
    Recommendation.objects.filter(pk=last.pk).update(due_date=add_working_days(last.due_date, 12))
    case = a_recommendation(audited_cases(cycle, 1)[0], owner=owner)
    figure = following.age_of_open(scope_up_to(cycle, TODAY))
    assert words(figure, "Service") == ["1", "1", "0", "0", "0"]
    assert "the middle one has stood 17.5 working days, the oldest 30." in figure.description
    assert "1 was given more time: 12 working days in the middle, 12 at most." in figure.note
    assert "not shown" in words(figure, "This child"), case


def test_confirmation_counts_against_the_first_due_date(cycle: AuditCycle) -> None:
    owner = a_person("Olive")
    late = a_recommendation(owner=owner, cycle=cycle, level="service", due_in=-9)
    a_recommendation(owner=owner, cycle=cycle, level="service", due_in=-9)
    late.confirmations.create(
        statement="Done", completed_on=TODAY, evidence="Seen", confirmed_by=owner
    )
    figure = following.confirmed_in_time(scope_up_to(cycle, TODAY))
    assert words(figure, "Service") == ["0", "1", "1"]


def test_ages_do_not_add_up_to_what_the_statuses_hide(cycle: AuditCycle) -> None:
    """Each age is large enough to be shown; their sum less the statuses that are shown would be the two that
    await verification."""
    owner, days = a_person("Olive"), iter((5, 30, 50, 90, 130) * 6)
    audits = iter(audited_cases(cycle, 30))
    for state, due_in, count in (
        ("issued", 60, 10),
        ("issued", 3, 10),
        ("issued", -9, 8),
        ("completion_confirmed", 60, 2),
    ):
        for _ in range(count):
            row = a_recommendation(next(audits), owner=owner, state=state, due_in=due_in)
            issued = add_working_days(TODAY, -next(days))
            noon = timezone.make_aware(datetime.combine(issued, time(12)))
            Recommendation.objects.filter(pk=row.pk).update(issued_at=noon)
    Recommendation.objects.exclude(cycle=cycle).filter(level="case").update(level="team")
    scope = scope_up_to(cycle, TODAY)
    shown = words(following.by_status(scope), "This child")
    assert shown[3] == "not shown", shown
    assert words(following.age_of_open(scope), "This child") == ["not shown"] * 5


@pytest.mark.parametrize(("verified", "shown"), [(3, "not shown"), (6, "not shown"), (8, "2")])
def test_hours_for_each_verified_one_do_not_tell_how_many_there_are(
    cycle: AuditCycle, verified: int, shown: str
) -> None:
    person, audits = a_person("Hal"), audited_cases(cycle, 8)
    for number, audit in enumerate(audits):
        audit.confirmations.create(person=person, fingerprint="x", hours=2)
        row = a_recommendation(audit, owner=person, state="issued")
        if number < verified:
            Recommendation.objects.filter(pk=row.pk).update(verified_at=timezone.now())
    assert words(auditing.cost(scope_up_to(cycle, TODAY)), "2031-Q1")[2] == shown


# --- Sample and auditors -------------------------------------------------------------------------------


def test_areas_without_an_audit_stand_in_the_table_too(cycle: AuditCycle) -> None:
    audited_cases(cycle, 6)
    figure = sample.coverage(scope_up_to(cycle, TODAY))
    assert len(figure.rows) == sample.AreaOfWork.objects.filter(is_active=True).count()
    assert {row[1] for row in figure.table} >= {"not shown"}


def test_hours_are_given_for_five_audits_or_more(cycle: AuditCycle) -> None:
    person = a_person("Hal")
    for audit in audited_cases(cycle, 4):
        audit.confirmations.create(person=person, fingerprint="x", hours=7)
    assert words(auditing.cost(scope_up_to(cycle, TODAY)), "2031-Q1")[0] == "not shown"
    audited_cases(cycle, 1)[0].confirmations.create(person=person, fingerprint="x", hours=2)
    assert words(auditing.cost(scope_up_to(cycle, TODAY)), "2031-Q1")[0] == "6.0"


# --- The page, its file and its drawings ---------------------------------------------------------------


@pytest.fixture
def full(cycle: AuditCycle) -> AuditCycle:
    """A cycle with a secret in it: three audits of twenty-four, and one recommendation about a case."""
    audits = audited_cases(cycle, 24)
    tagged(audits, 3, "development_area", "P08")
    tagged(audits, 9, "development_area", "P07")
    a_recommendation(audits[0], owner=a_person("Olive"))
    return cycle


def test_nothing_that_is_hidden_is_drawn_frozen_or_written(full: AuditCycle) -> None:
    scope = scope_up_to(full, TODAY)
    for make in (themes.development_over_time, following.by_status, sample.coverage):
        figure = make(scope)
        for row in figure.frozen()["rows"]:
            for cell in row["cells"]:
                assert cell["value"] is None or str(round(cell["value"])) in cell["words"]
        assert Figure.thawed(figure.frozen()) == figure


def test_a_drawing_has_no_inline_style_and_a_name(full: AuditCycle) -> None:
    figure = themes.development_over_time(scope_up_to(full, TODAY))
    svg = as_svg(figure)
    assert "style" not in svg
    assert 'role="img"' in svg
    assert figure.description in svg
    assert as_png(figure).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "role", [Role.FRONT_LINE, Role.AUDIT_ADMIN, Role.BOARD_MEMBER, Role.LEAD_QA]
)
def test_each_role_finds_its_figures(sign_in: SignIn, full: AuditCycle, role: Role) -> None:
    page = sign_in(role).get("/audits/figures/").content.decode()
    assert "What needs to develop, by theme, cycle by cycle" in page
    assert ("Recommendations by status" in page) == (role in (Role.BOARD_MEMBER, Role.LEAD_QA))
    assert ("Hours that the audit took" in page) == (role == Role.LEAD_QA)


@pytest.mark.parametrize("role", [Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE])
def test_others_get_no_figures(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/audits/figures/").status_code == 403
    assert sign_in(role).get("/audits/figures/csv/").status_code == 403


def test_a_stranger_gets_no_figures(sign_in: SignIn, stranger: StaffMember) -> None:
    assert sign_in(stranger).get("/audits/figures/").status_code == 403


def test_no_other_day_can_be_asked_for(sign_in: SignIn, full: AuditCycle) -> None:
    client = sign_in(Role.LEAD_QA)
    pages = [
        re.sub(r'value="[^"]{64}"|nonce="[^"]*"', "", client.get(url).content.decode())
        for url in ("/audits/figures/", "/audits/figures/?on=2026-01-01&cycle=2030-Q1")
    ]
    assert pages[0].count("<td") == pages[1].count("<td")


def test_the_file_says_what_the_page_says_and_who_took_it(
    sign_in: SignIn, full: AuditCycle, person: Any
) -> None:
    content = sign_in(Role.LEAD_QA).get("/audits/figures/csv/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert str(person(Role.LEAD_QA)) in rows[0][0]
    assert [FICTIONAL] in rows
    assert ["SMART plans", "9 of 24 audits (38%)"] in [row[:1] + row[-1:] for row in rows if row]
    assert not any("3 of 24" in cell for row in rows for cell in row)


def test_more_audits_bring_no_more_queries(sign_in: SignIn, full: AuditCycle) -> None:
    client = sign_in(Role.LEAD_QA)
    first = _queries(client)
    tagged(audited_cases(full, 30), 30, "strength", "P01")
    for _ in range(20):
        a_recommendation(owner=a_person(f"O{_}"), cycle=full, level="service")
    assert _queries(client) <= first


def _queries(client: Any) -> int:
    client.get("/audits/figures/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/audits/figures/").status_code == 200
    return len(captured)
