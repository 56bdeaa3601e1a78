"""A year is planned with four cycles of two days; what is planned can be arranged."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from learning.events.models import Event
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditProgramme
from learning.programme.states import CycleState
from learning.vocabulary.models import Theme
from tests.learning.audit import a_countdown_task, a_cycle, a_person, a_recommendation

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def day(name: str, value: date | None) -> dict[str, str]:
    parts = (("day", "%d"), ("month", "%m"), ("year", "%Y"))
    return {f"{name}_{part}": value.strftime(code) if value else "" for part, code in parts}


FIRST_DAYS = [date(2028, 2, 8), date(2028, 5, 9), date(2028, 9, 12), date(2028, 11, 21)]


def year_form(person: Any, days: list[date | None], reason: str = "") -> dict[str, str]:
    form = {"year": "2028", "lead": str(person(Role.LEAD_QA).pk), "reason": reason}
    for number, value in enumerate(days, start=1):
        form |= day(f"first_day_{number}", value)
    return form


def test_a_lead_plans_four_cycles_with_two_days_each(sign_in: SignIn, person: Any) -> None:
    sign_in(Role.LEAD_QA).post("/audits/plan/", year_form(person, FIRST_DAYS))
    cycles = AuditCycle.objects.filter(programme__year=2028).order_by("ref")
    assert [cycle.ref for cycle in cycles] == ["2028-Q1", "2028-Q2", "2028-Q3", "2028-Q4"]
    assert [d.date for d in cycles[0].days.all()] == [date(2028, 2, 8), date(2028, 2, 9)]
    assert {cycle.state for cycle in cycles} == {CycleState.PLANNED}
    assert cycles[0].days.first().timetable.count() == 7
    draw = cycles[0].countdown.get(key="open_selection")
    assert draw.due_date == date(2028, 1, 4) == cycles[0].draw_due_date


def test_three_cycles_need_a_reason(sign_in: SignIn, person: Any) -> None:
    three = [*FIRST_DAYS[:3], None]
    answer = sign_in(Role.LEAD_QA).post("/audits/plan/", year_form(person, three))
    assert "A year has four cycles. Say why this one has not." in answer.content.decode()
    assert not AuditProgramme.objects.filter(year=2028).exists()
    sign_in(Role.LEAD_QA).post(
        "/audits/plan/", year_form(person, three, "The service moves house.")
    )
    programme = AuditProgramme.objects.get(year=2028)
    assert programme.cycles.count() == 3
    assert programme.reason_for_number == "The service moves house."


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (date(2028, 2, 6), "This is a weekend or a bank holiday."),
        (date(2028, 12, 25), "This is a weekend or a bank holiday."),
        (date(2029, 2, 6), "The first day lies in 2029, not in 2028."),
        (date(2028, 5, 10), "Another cycle has its days then."),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(
    sign_in: SignIn, person: Any, first: date, sentence: str
) -> None:
    form = year_form(person, [first, *FIRST_DAYS[1:]])
    answer = sign_in(Role.LEAD_QA).post("/audits/plan/", form)
    assert sentence in answer.content.decode()
    assert not AuditProgramme.objects.filter(year=2028).exists()


def test_a_year_is_planned_once(sign_in: SignIn, person: Any) -> None:
    for _ in range(2):
        answer = sign_in(Role.LEAD_QA).post("/audits/plan/", year_form(person, FIRST_DAYS))
    assert "There is a programme for 2028 already." in answer.content.decode()
    assert AuditCycle.objects.filter(programme__year=2028).count() == 4


def test_a_fifth_cycle_needs_a_reason(sign_in: SignIn, person: Any) -> None:
    lead = sign_in(Role.LEAD_QA)
    lead.post("/audits/plan/", year_form(person, FIRST_DAYS))
    form = day("first_day", date(2028, 12, 5)) | {"lead": str(person(Role.LEAD_QA).pk)}
    answer = lead.post("/audits/years/2028/cycles/", form)
    assert "Say why" in answer.content.decode()
    lead.post("/audits/years/2028/cycles/", form | {"reason": "An inspection asked for one."})
    assert AuditCycle.objects.get(ref="2028-Q4-2").days.count() == 2


def test_people_are_named_and_the_countdown_falls_to_them(sign_in: SignIn, person: Any) -> None:
    sign_in(Role.LEAD_QA).post("/audits/plan/", year_form(person, FIRST_DAYS))
    form = {
        "lead": person(Role.LEAD_QA).pk,
        "deputy": "",
        "administrator": person(Role.AUDIT_ADMIN).pk,
        "it_contact": person(Role.IT_SUPPORT).pk,
    }
    sign_in(Role.LEAD_QA).post("/audits/2028-Q1/people/", form)
    cycle = AuditCycle.objects.get(ref="2028-Q1")
    assert cycle.administrator == person(Role.AUDIT_ADMIN)
    assert cycle.countdown.get(key="rooms").owner == person(Role.AUDIT_ADMIN)
    assert cycle.countdown.get(key="laptops").owner == person(Role.IT_SUPPORT)
    assert cycle.countdown.get(key="name_people").done_at is not None
    assert cycle.countdown.get(key="agree_team").owner == person(Role.LEAD_QA)


def test_the_it_contact_opens_the_cycle_and_ticks_a_task(sign_in: SignIn, person: Any) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    contact = sign_in(Role.IT_SUPPORT)
    assert contact.get("/audits/2031-Q1/").status_code == 403
    cycle.it_contact = person(Role.IT_SUPPORT)
    cycle.save()
    task = a_countdown_task(cycle)
    assert contact.get("/audits/2031-Q1/").status_code == 200
    url = f"/audits/2031-Q1/countdown/{task.pk}/done/"
    assert contact.post(url).status_code == 403
    task.owner = person(Role.IT_SUPPORT)
    task.save()
    contact.post(url)
    task.refresh_from_db()
    assert task.done_by == person(Role.IT_SUPPORT)


def test_an_administrator_does_not_change_who_leads(sign_in: SignIn, person: Any) -> None:
    other = a_person("Other")
    cycle = a_cycle(state=CycleState.PLANNED)
    form = {"lead": other.pk, "administrator": person(Role.AUDIT_ADMIN).pk, "it_contact": ""}
    sign_in(Role.AUDIT_ADMIN).post("/audits/2031-Q1/people/", form)
    cycle.refresh_from_db()
    assert (cycle.lead, cycle.administrator) == (person(Role.LEAD_QA), person(Role.AUDIT_ADMIN))


def test_days_move_with_the_countdown_and_a_reason(sign_in: SignIn, person: Any) -> None:
    lead = sign_in(Role.LEAD_QA)
    lead.post("/audits/plan/", year_form(person, FIRST_DAYS))
    cycle = AuditCycle.objects.get(ref="2028-Q1")
    kept = list(cycle.days.values_list("pk", flat=True))
    moved = day("first_day", date(2028, 2, 9)) | day("second_day", date(2028, 2, 10))
    lead.post("/audits/2028-Q1/days/", moved)
    assert cycle.days.first().date == date(2028, 2, 8), "without a reason nothing moves"
    lead.post("/audits/2028-Q1/days/", moved | {"reason": "The hall is taken."})
    assert [d.date for d in cycle.days.all()] == [date(2028, 2, 9), date(2028, 2, 10)]
    assert list(cycle.days.values_list("pk", flat=True)) == kept
    assert cycle.countdown.get(key="open_selection").due_date == date(2028, 1, 5)
    assert Event.objects.filter(
        action="auditcycle.move_days", reason="The hall is taken.", object_id=cycle.pk
    ).exists()


def test_days_do_not_move_once_they_have_begun(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.IN_PROGRESS, first_day=date(2031, 3, 4))
    form = day("first_day", date(2031, 3, 11)) | {"reason": "Late"}
    answer = sign_in(Role.LEAD_QA).post("/audits/2031-Q1/days/", form)
    assert "have begun" in answer.content.decode()
    assert cycle.days.first().date == date(2031, 3, 4)


def test_a_timetable_is_written_as_lines(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    url = "/audits/2031-Q1/days/1/timetable/"
    wrong = sign_in(Role.AUDIT_ADMIN).post(url, {"entries": "Nine o'clock: welcome"})
    assert "cannot be read. Write it like this" in wrong.content.decode()
    backwards = sign_in(Role.AUDIT_ADMIN).post(url, {"entries": "10:00 – 09:00 Welcome"})
    assert "ends before it begins" in backwards.content.decode()
    lines = "9:30 to 12.00 Reading, in pairs\n\n09:00 – 09:30 Welcome"
    sign_in(Role.AUDIT_ADMIN).post(url, {"entries": lines})
    words = [str(entry) for entry in cycle.days.first().timetable.all()]
    assert words == ["09:00 Welcome", "09:30 Reading, in pairs"]


def test_a_focus_from_an_earlier_recommendation_names_it(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    earlier = a_cycle("2030-Q4", CycleState.CLOSED, date(2030, 11, 5))
    owner = a_person("Olga")
    issued = a_recommendation(owner=owner, cycle=earlier)
    draft = a_recommendation(owner=owner, cycle=earlier, state="draft")
    form = {
        "source": "previous_recommendation",
        "population": "Children in need",
        "theme": Theme.objects.get(code="R02").pk,
        "question": "Do strategy meetings come sooner?",
    }
    lead = sign_in(Role.LEAD_QA)
    for words in ("The one about meetings", "2030-Q4-R-99", draft.ref):
        answer = lead.post("/audits/2031-Q1/focus/", form | {"source_words": words})
        assert "which recommendation it was by its reference" in answer.content.decode()
    assert not hasattr(AuditCycle.objects.get(pk=cycle.pk), "focus")
    lead.post("/audits/2031-Q1/focus/", form | {"source_words": f"Meetings ({issued.ref})."})
    assert AuditCycle.objects.get(pk=cycle.pk).focus.source_words == f"Meetings ({issued.ref})."


def test_why_there_are_three_does_not_stand_for_a_fifth(sign_in: SignIn, person: Any) -> None:
    lead = sign_in(Role.LEAD_QA)
    lead.post(
        "/audits/plan/",
        year_form(person, [*FIRST_DAYS[:2], None, None], "The service moves house."),
    )
    programme = AuditProgramme.objects.get(year=2028)

    def add(first: date, reason: str = "") -> str:
        form = day("first_day", first) | {"lead": str(person(Role.LEAD_QA).pk), "reason": reason}
        return lead.post("/audits/years/2028/cycles/", form, follow=True).content.decode()

    add(FIRST_DAYS[2])
    assert programme.cycles.count() == 3, "why there are fewer has been said"
    add(FIRST_DAYS[3])
    programme.refresh_from_db()
    assert (programme.cycles.count(), programme.reason_for_number) == (4, "")
    assert "Say why this one has not." in add(date(2028, 6, 20))
    add(date(2028, 6, 20), "An inspection asks for it.")
    assert "Say why this one has not." in add(date(2028, 6, 27))
    programme.refresh_from_db()
    assert (programme.cycles.count(), programme.reason_for_number) == (
        5,
        "An inspection asks for it.",
    )


def test_a_focus_names_its_source(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    form = {
        "source": "local_review",
        "source_words": "Review of last winter",
        "population": "Children in need",
        "theme": Theme.objects.get(code="R02").pk,
        "question": "Who asks the child?",
    }
    lead = sign_in(Role.LEAD_QA)
    lead.post("/audits/2031-Q1/focus/", form | {"source_words": ""})
    assert not hasattr(AuditCycle.objects.get(pk=cycle.pk), "focus")
    lead.post("/audits/2031-Q1/focus/", form)
    page = lead.get("/audits/2031-Q1/").content.decode()
    assert "Who asks the child?" in page
    assert "local review, Review of last winter" in page


def test_a_line_manager_plans_nothing(sign_in: SignIn, person: Any) -> None:
    answer = sign_in(Role.LINE_MANAGER).post("/audits/plan/", year_form(person, FIRST_DAYS))
    assert answer.status_code == 403
    assert not AuditProgramme.objects.filter(year=2028).exists()
