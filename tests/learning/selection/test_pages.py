"""One sample on screen, by the people whose it is: seed, list, draw, workers, preparation, pairs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.people.roles import Role
from learning.programme.models import CycleFocus
from learning.programme.states import CycleState
from learning.selection.models import CaseFrame, CaseKey, SampledCase, SelectionDraw
from learning.selection.states import CaseState
from learning.vocabulary.models import Theme
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_pair, a_person, a_recommendation, a_sampled_case
from tests.learning.selection.conftest import prepared, text_of, usual_lists, workbook

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    return reverse(f"selection:{name}", args=args)


def a_file(content: bytes, name: str = "annex_a.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def desk(sign_in: Any) -> Any:
    """The QA officer's browser."""
    return sign_in(Role.QA_OFFICER)


def the_form(response: Any) -> dict[str, str]:
    """What the form of the draw shows, as a browser would send it."""
    form = response.context["form"]
    return {
        field.html_name: "" if field.initial is None else str(field.initial)
        for field in form
        if field.name != "siblings_together"
    }


def draw_on_screen(desk: Any, ref: str) -> None:
    desk.post(at("promise_seed", ref))
    desk.post(at("load_frame", ref), {"file": a_file(workbook(usual_lists()))})
    desk.post(at("check_frame", ref))
    data = the_form(desk.get(at("sample", ref)))
    data["why_not_fostering"] = "Annex A has no list of foster carers."
    assert desk.post(at("sample", ref), data).status_code == 302


def test_a_sample_from_the_seed_to_the_pair(
    desk: Any, cycle: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = text_of(desk.get(at("draw", cycle.ref)))
    assert "Fix the seed" in page and "2. Load the list" not in page

    desk.post(at("promise_seed", cycle.ref))
    draw = SelectionDraw.objects.get(cycle=cycle)
    page = text_of(desk.get(at("draw", cycle.ref)))
    assert draw.seed_hash in page and draw.seed not in page

    shown = desk.post(
        at("load_frame", cycle.ref), {"file": a_file(workbook(usual_lists()))}, follow=True
    )
    page = text_of(shown)
    assert "<strong>42 cases</strong>, of which 42 can be drawn" in page
    assert "3 families with more than one child" in page

    desk.post(at("check_frame", cycle.ref))
    sample = desk.get(at("sample", cycle.ref))
    data = the_form(sample)
    refused = desk.post(at("sample", cycle.ref), data)
    assert refused.status_code == 422
    assert not SampledCase.objects.filter(cycle=cycle).exists()
    data["why_not_fostering"] = "Annex A has no list of foster carers."
    assert desk.post(at("sample", cycle.ref), data).status_code == 302

    page = text_of(desk.get(at("certificate", cycle.ref)))
    assert draw.seed in page and "Annex A has no list of foster carers." in page
    file = desk.get(at("certificate_file", cycle.ref))
    assert file["Content-Type"] == "application/json"

    desk.post(at("confirm_draw", cycle.ref))
    case = cycle.sample.get(ref="2031-Q1-CP-01")
    assert case.state == CaseState.CONFIRMED

    refused = desk.post(at("tell_workers", cycle.ref), follow=True)
    assert "Name the workers of these cases first" in text_of(refused)
    worker = a_person("Wanda")
    for one in cycle.sample.in_sample():
        done = desk.post(at("name_worker", one.ref), {"worker": worker.email})
        assert done.status_code == 302
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(at("tell_workers", cycle.ref))
    (letter,) = mail.outbox
    assert letter.to == [worker.email]
    assert letter.body.count("/prepare/") == 24

    own = sign_in(worker)
    assert "Prepare for the audit of 2031-Q1-CP-01" in text_of(own.get(reverse("home:my_work")))
    day = cycle.days.first()
    page = own.post(at("prepare", case.ref), {"recording": "yes", "day": str(day.pk)}, follow=True)
    assert "Up to date" in text_of(page)
    case.refresh_from_db()
    assert case.state == CaseState.READY
    assert case.attendance.day == day

    auditors = a_person("Anna"), a_person("Aldo")
    prepared(*auditors)
    pair = a_pair(cycle, *auditors)
    page = desk.get(at("allocate", cycle.ref))
    assert "Pair 1: Aldo Built, Anna Built" in text_of(page)
    desk.post(at("allocate", cycle.ref), {f"case_{case.pk}": str(pair.pk)})
    case.refresh_from_db()
    assert (case.state, case.pair) == (CaseState.ALLOCATED, pair)
    assert Event.objects.filter(action="sampledcase.allocate", object_id=case.pk).exists()


def test_a_plain_table_is_mapped_once_and_understood_the_next_time(desk: Any, cycle: Any) -> None:
    table = b"Mosaic no;Service;Who\n123;CP;Nobody Known\n456;early help;\n789;moonshine;\n;CP;\n"
    desk.post(at("promise_seed", cycle.ref))
    asked = desk.post(at("load_frame", cycle.ref), {"file": a_file(table, "list.csv")})
    assert asked.status_code == 422
    assert "Mosaic no" in text_of(asked)
    assert not CaseFrame.objects.filter(draw__cycle=cycle).exists()

    columns = {"council_id": "0", "area": "1", "worker": "2", "one_area": ""}
    page = desk.post(
        at("map_columns", cycle.ref), {**columns, "file": a_file(table, "list.csv")}, follow=True
    )
    assert "<strong>3 cases</strong>, of which 2 can be drawn" in text_of(page)
    frame = CaseFrame.objects.get(draw__cycle=cycle)
    assert (frame.counts["read"], frame.counts["kept"], frame.counts["dropped"]) == (4, 3, 1)

    desk.post(at("throw_away", cycle.ref))
    page = desk.post(at("load_frame", cycle.ref), {"file": a_file(table, "list.csv")}, follow=True)
    assert "<strong>3 cases</strong>" in text_of(page)


def test_columns_that_were_mapped_wrongly_are_mapped_again(desk: Any, cycle: Any) -> None:
    table = b"No;Service;Who\n123;CP;early help\n456;early help;CP\n"

    def a_table() -> SimpleUploadedFile:
        return a_file(table, "list.csv")

    desk.post(at("promise_seed", cycle.ref))
    wrong = {"council_id": "0", "area": "2", "one_area": "", "file": a_table()}
    page = desk.post(at("map_columns", cycle.ref), wrong, follow=True)
    assert "Map the columns again" in text_of(page)
    desk.post(at("throw_away", cycle.ref))
    load = at("load_frame", cycle.ref)
    assert 'href="?columns=again"' in text_of(desk.get(load))
    asked = desk.post(f"{load}?columns=again", {"file": a_table()})
    assert asked.status_code == 422 and "Which column holds what?" in text_of(asked)
    right = {"council_id": "0", "area": "1", "one_area": "", "file": a_table()}
    desk.post(at("map_columns", cycle.ref), right)
    desk.post(at("throw_away", cycle.ref))
    desk.post(load, {"file": a_table()})
    cases = CaseFrame.objects.get(draw__cycle=cycle).cases
    areas = {
        key.council_id: key.case.area.code for key in CaseKey.objects.filter(case__in=cases.all())
    }
    assert areas == {"123": "child_protection", "456": "family_support_early_help"}


def test_columns_without_the_file_or_the_number_are_asked_for_again(desk: Any, cycle: Any) -> None:
    table = b"No;Service\n123;CP\n"
    desk.post(at("promise_seed", cycle.ref))
    missing = desk.post(at("map_columns", cycle.ref), {"council_id": "0"})
    assert "Choose a file" in text_of(missing)
    wrong = desk.post(
        at("map_columns", cycle.ref), {"area": "1", "file": a_file(table, "list.csv")}
    )
    assert wrong.status_code == 422
    neither = desk.post(
        at("map_columns", cycle.ref), {"council_id": "0", "file": a_file(table, "list.csv")}
    )
    assert "Say which column holds the area of work" in text_of(neither)
    assert not CaseFrame.objects.filter(draw__cycle=cycle).exists()


def test_a_case_is_left_out_by_its_number_and_taken_back(desk: Any, cycle: Any) -> None:
    desk.post(at("promise_seed", cycle.ref))
    desk.post(at("load_frame", cycle.ref), {"file": a_file(workbook(usual_lists()))})
    unknown = desk.post(at("leave_out", cycle.ref), {"council_id": "1", "reason": "court"})
    assert "No case of the list has this number" in text_of(unknown)
    page = desk.post(
        at("leave_out", cycle.ref), {"council_id": "7007000", "reason": "court"}, follow=True
    )
    assert "Restricted by a court: 1" in text_of(page)
    assert "7007000" not in text_of(page)
    case = CaseFrame.objects.get(draw__cycle=cycle).cases.exclude(excluded="").get()
    desk.post(at("take_back", cycle.ref, case.pk))
    assert "Restricted by a court" not in text_of(desk.get(at("frame", cycle.ref)))


def test_a_reserve_steps_in_by_its_turn_and_the_reason_is_kept(confirmed: Any, desk: Any) -> None:
    case = confirmed.sample.get(ref="2031-Q1-EH-01")
    turn = confirmed.sample.filter(stratum=case.stratum, state=CaseState.RESERVE)
    first = turn.order_by("order").first()
    assert desk.post(at("replace", case.ref), {"reason": "court"}).status_code == 422
    desk.post(at("replace", case.ref), {"reason": "court", "words": "An order of last week."})
    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.state, first.state) == (CaseState.EXCLUDED, CaseState.CONFIRMED)
    assert (first.replaces, first.route) == (case, "replacement")
    event = Event.objects.get(action="sampledcase.take_out", object_id=case.pk)
    assert event.reason == "Restricted by a court: An order of last week."
    assert first.ref in text_of(desk.get(at("case", case.ref)))


def test_without_a_reserve_a_case_is_withdrawn(confirmed: Any, desk: Any) -> None:
    case = confirmed.sample.filter(state=CaseState.CONFIRMED).first()
    confirmed.sample.filter(state=CaseState.RESERVE).delete()
    said = {"reason": "complaint", "words": "Since Monday."}
    refused = desk.post(at("replace", case.ref), said)
    assert "No reserve is left" in text_of(refused)
    desk.post(at("withdraw", case.ref), said)
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN


def test_the_number_of_a_case_is_shown_once_to_qa_officers_and_logged(
    confirmed: Any, desk: Any
) -> None:
    case = confirmed.sample.get(ref="2031-Q1-CP-01")
    key = CaseKey.objects.get(case=case.case)
    url = at("key", case.ref)
    assert key.council_id not in text_of(desk.get(url))
    assert key.council_id not in text_of(desk.post(url, {}))
    answer = desk.post(url, {"reason": "open_record"})
    assert key.council_id in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert AccessEvent.objects.filter(
        action="viewed", object_type="learning.casekey", object_id=str(key.pk)
    ).exists()
    assert Event.objects.filter(action="casekey.look_up", object_id=str(key.pk)).exists()
    for name in ("case", "key"):
        assert key.council_id not in text_of(desk.get(at(name, case.ref)))
    assert key.council_id not in text_of(desk.get(at("cases", confirmed.ref)))


def test_superusers_leads_and_strangers_do_not_get_the_number(
    confirmed: Any, sign_in: Any, stranger: Any
) -> None:
    case = confirmed.sample.get(ref="2031-Q1-CP-01")
    chief = a_person("Chief", is_superuser=True)
    for who in (chief, stranger, Role.LEAD_QA, Role.AUDIT_ADMIN, Role.INFORMATION_GOVERNANCE):
        answer = sign_in(who).post(at("key", case.ref), {"reason": "open_record"})
        assert answer.status_code in (403, 404)
    assert AccessEvent.objects.filter(action="refused").count() >= 5


def test_before_workers_are_told_only_the_office_knows_of_a_case(
    confirmed: Any, sign_in: Any
) -> None:
    case = confirmed.sample.get(ref="2031-Q1-CP-01")
    worker = a_person("Wanda")
    SampledCase.objects.filter(pk=case.pk).update(worker=worker)
    assert sign_in(worker).get(at("case", case.ref)).status_code == 404
    assert sign_in(Role.LEAD_QA).get(at("case", case.ref)).status_code == 200


def test_only_the_worker_confirms_and_an_exception_needs_words(sign_in: Any) -> None:
    cycle = a_cycle("2031-Q2", CycleState.NOTIFIED)
    manager, worker = a_person("Mona"), a_person("Wanda")
    worker.line_manager = manager
    worker.save()
    case = a_sampled_case(cycle, worker=worker, state=CaseState.WORKER_NOTIFIED)
    url = at("prepare", case.ref)
    yes = {"recording": "yes", "day": str(cycle.days.first().pk)}
    assert sign_in(Role.LEAD_QA).post(url, yes).status_code == 403
    assert sign_in(manager).post(url, yes).status_code in (403, 404)
    own = sign_in(worker)
    no = {"recording": "no", "day": "neither"}
    bare = own.post(url, no)
    assert bare.status_code == 422
    assert "Say what is missing, and why." in text_of(bare)
    said = {**no, "recording_words": "Two visits.", "attendance_words": "On leave; by telephone."}
    assert own.post(url, said).status_code == 302
    case.refresh_from_db()
    assert case.recording.is_exception and case.attendance.is_exception
    assert own.post(url, yes).status_code == 302
    case.refresh_from_db()
    assert not (case.recording.is_exception or case.attendance.is_exception)


def test_a_line_manager_sees_and_chases_only_the_people_whom_they_manage(sign_in: Any) -> None:
    cycle = a_cycle("2031-Q2", CycleState.NOTIFIED, None)
    manager = a_person("Mona")
    from django.contrib.auth.models import Group

    manager.groups.add(Group.objects.get(name=Role.LINE_MANAGER.label))
    managed = a_person("Wanda", line_manager=manager)
    mine = a_sampled_case(cycle, worker=managed, state=CaseState.WORKER_NOTIFIED)
    other = a_sampled_case(cycle, worker=a_person("Olga"), state=CaseState.WORKER_NOTIFIED)
    client = sign_in(manager)
    page = text_of(client.get(at("cases", cycle.ref) + "?show=chase"))
    assert mine.ref in page and other.ref not in page
    assert client.get(at("case", other.ref)).status_code == 404
    assert "preparation of 1 case not confirmed" in text_of(client.get(reverse("home:my_work")))


def test_pairs_that_must_not_have_a_case_are_refused(sign_in: Any) -> None:
    cycle = a_cycle("2031-Q2", CycleState.READY)
    from learning.people.models import Team

    team = Team.objects.first()
    worker = a_person("Wanda", team=team)
    case = a_sampled_case(cycle, worker=worker, state=CaseState.READY)
    mate, free, raw = a_person("<b>Mate", team=team), a_person("Free"), a_person("Raw")
    prepared(mate, free, worker)
    own_team, own_case, unready = (
        a_pair(cycle, mate, free),
        a_pair(cycle, worker, free),
        a_pair(cycle, free, raw),
    )
    desk = sign_in(Role.QA_OFFICER)
    for pair in (own_team, own_case, unready):
        answer = desk.post(at("allocate", cycle.ref), {f"case_{case.pk}": str(pair.pk)})
        assert answer.status_code == 422
    page = text_of(desk.get(at("allocate", cycle.ref)))
    assert "No pair may have this case. &lt;b&gt;Mate Built works in the same team" in page
    case.refresh_from_db()
    assert case.state == CaseState.READY
    from learning.selection.allocating import CaseNotForPair, allocate

    for pair, sentence in (
        (own_team, "same team"),
        (own_case, "is the worker of this case"),
        (unready, "not prepared"),
    ):
        with pytest.raises(CaseNotForPair, match=sentence):
            allocate(case=case, pair=pair, allocated_by=desk_person())


def desk_person() -> Any:
    from portal.demo.loader import first_with

    return first_with(Role.QA_OFFICER)


def test_lists_ask_a_constant_number_of_queries(
    confirmed: Any, desk: Any, django_assert_max_num_queries: Any
) -> None:
    url = at("cases", confirmed.ref)
    desk.get(url)
    with django_assert_max_num_queries(20) as few:
        desk.get(url)
    worker = a_person("Wanda")
    for _ in range(60):
        a_sampled_case(confirmed, worker=worker, state=CaseState.READY)
    with django_assert_max_num_queries(len(few)):
        first = text_of(desk.get(url))
    assert "2031-Q1-T-90" not in first
    assert "2031-Q1-T-90" in text_of(desk.get(url, {"page": 2}))


def test_my_work_asks_as_much_for_many_cases_as_for_one(
    sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    from learning.selection.selectors import waiting_for

    worker = a_person("Wanda")
    for ref in ("2031-Q2", "2031-Q3"):
        cycle = a_cycle(ref, CycleState.NOTIFIED)
        for _ in range(5):
            a_sampled_case(cycle, worker=worker, state=CaseState.WORKER_NOTIFIED)
    with django_assert_max_num_queries(5):
        items = waiting_for(worker)
    assert len(items) == 10
    assert items[0].due == cycle.first_day - timedelta(days=5)


def test_themed_and_re_audit_cases_are_drawn_among_themselves(
    desk: Any, cycle: Any, officer: Any
) -> None:
    earlier = a_cycle("2030-Q4", CycleState.CLOSED, cycle.first_day)
    audited = a_sampled_case(earlier, state=CaseState.COMPLETE)
    CaseKey.objects.create(case=audited.case, council_id="7008000")
    desk.post(at("promise_seed", cycle.ref))
    desk.post(at("load_frame", cycle.ref), {"file": a_file(workbook(usual_lists()))})
    desk.post(at("check_frame", cycle.ref))
    frame = CaseFrame.objects.get(draw__cycle=cycle)
    before = frame.frame_hash

    themed = {
        "route": "themed_supplement",
        "council_ids": "7006000\n7006001\n1",
        "reason": "All of the pilot.",
    }
    assert "Give the cycle its focus first" in text_of(
        desk.post(at("set_apart", cycle.ref), themed)
    )
    CycleFocus.objects.create(
        cycle=cycle,
        source="research",
        source_words="A paper",
        population="Children in need",
        theme=Theme.objects.first(),
        question="What helps?",
    )
    page = text_of(desk.post(at("set_apart", cycle.ref), themed, follow=True))
    assert "2 cases stand in a stratum of their own. 1 of the numbers could not be found." in page
    lead = first_with(Role.LEAD_QA)
    tested = a_recommendation(cycle=earlier, owner=lead, state="verified")
    tested.impact_tests.create(cycle=cycle, question="Is it better?", planned_by=lead)
    again = {"route": "re_audit", "council_ids": "7008000", "reason": "All of the earlier audit."}
    desk.post(at("set_apart", cycle.ref), again)
    frame.refresh_from_db()
    assert frame.frame_hash != before and frame.checked_at is None

    desk.post(at("check_frame", cycle.ref))
    form = desk.get(at("sample", cycle.ref)).context["form"]
    data = {field.html_name: str(field.initial or 0) for field in form if "target" in field.name}
    for name in ("themed_supplement | child_in_need", "re_audit | looked_after"):
        data[f"target_{form.names.index(name)}"] = "1"
    data["why_not_fostering"] = "Not on this list."
    desk.post(at("sample", cycle.ref), data)
    routes = dict(
        cycle.sample.filter(state=CaseState.DRAWN)
        .exclude(route="random")
        .values_list("route", "area__code")
    )
    assert routes == {"themed_supplement": "child_in_need", "re_audit": "looked_after"}
    assert "Themed supplement: Child in need" in text_of(desk.get(at("certificate", cycle.ref)))
