"""Spot checks from the seed to a cycle's report, and who is kept out (domain.md A76, E6)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.models import (
    AuditorReadiness,
    CaseKey,
    FrameCase,
    SpotCheck,
    SpotCheckEntry,
    SpotCheckRound,
    Team,
    Theme,
)
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.reports.tables import spot_check_strengths
from learning.reports.tables import spot_checks as spot_check_table
from learning.selection.certificate import what_is_wrong
from learning.selection.draw import hash_of_seed
from learning.spot_checks.drawing import draw_round, promise_round
from learning.spot_checks.refusals import SavedMeanwhile, SpotCheckNotPossible
from learning.spot_checks.selectors import counted_for
from learning.spot_checks.services import (
    Written,
    finish,
    fold,
    give,
    missing_to_finish,
    note_counted,
    sections_of,
    sign_off,
    write,
)
from learning.spot_checks.states import SpotCheckState
from learning.vocabulary.models import AreaOfWork
from tests.learning.audit import a_cycle, a_frame, a_person, a_prepared_person, a_sampled_case

pytestmark = pytest.mark.django_db

ADDRESS = "/audits/spot-checks/"
CANARY = "The visits came when she was at school, because nobody had asked her"


@pytest.fixture
def coming(db: None) -> Any:
    """The cycle into whose report they go."""
    return a_cycle(
        "2031-Q2",
        state=CycleState.PLANNED,
        first_day=timezone.localdate() + timedelta(days=60),
    )


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.order_by("pk")[0]


@pytest.fixture
def worker(team: Team) -> Any:
    return a_person("Worker", team=team)


@pytest.fixture
def listed(worker: Any, team: Team) -> list[FrameCase]:
    """Twenty cases of one worker on the list of the cycle before, from which a sample was drawn."""
    frame = a_frame(a_cycle("2031-Q1", state=CycleState.CLOSED))
    frame.draw.confirmed_at = frame.draw.drawn_at = timezone.now()
    frame.draw.save()
    area = AreaOfWork.objects.get(code="child_in_need")
    return [
        FrameCase.objects.create(
            frame=frame, pseudonym=f"child-{number:02}", area=area, worker=worker, team=team
        )
        for number in range(20)
    ]


@pytest.fixture
def drawn(listed: list[FrameCase], coming: Any, person: Any) -> SpotCheckRound:
    """Six cases, drawn."""
    officer = person(Role.QA_OFFICER)
    promised = promise_round(cycle=coming, cases_asked=6, promised_by=officer)
    return draw_round(promised=promised, drawn_by=officer)


@pytest.fixture
def check(drawn: SpotCheckRound) -> SpotCheck:
    return drawn.checks.order_by("ref")[0]


@pytest.fixture
def auditor(db: None) -> Any:
    return a_prepared_person("Auditor")


@pytest.fixture
def given(check: SpotCheck, auditor: Any, person: Any) -> SpotCheck:
    return give(check=check, auditors=[auditor], given_by=person(Role.QA_OFFICER))


def all_sections(check: SpotCheck, kind: str = "strength", **more: Any) -> dict[str, Written]:
    return {
        section.key: Written(saw="Seen at home.", means=f"{CANARY}.", kind=kind, **more)
        for section in sections_of(check)
    }


def made(check: SpotCheck, auditor: Any, lead: Any, **more: Any) -> SpotCheck:
    """A check that was given, written, finished and signed off."""
    officer = SpotCheckRound.objects.get(pk=check.round_id).committed_by
    given = give(check=check, auditors=[auditor], given_by=officer)
    written = write(check=given, written=all_sections(given, **more), version=0, written_by=auditor)
    SpotCheck.objects.filter(pk=check.pk).update(has_immediate_concern=False)
    done = finish(check=written, finished_by=auditor)
    return sign_off(check=done, reviewer=lead)


# --- The draw --------------------------------------------------------------------------------------------


def test_the_officer_begins_a_round_and_draws(
    listed: list[FrameCase], coming: Any, sign_in: Any
) -> None:
    client = sign_in(Role.QA_OFFICER)
    page = client.post(f"{ADDRESS}begin/", {"cycle": coming.pk, "cases_asked": "6"}, follow=True)
    promised = SpotCheckRound.objects.get()
    assert promised.seed_hash in page.content.decode()
    assert promised.seed not in page.content.decode(), "the seed is not shown before the draw"
    client.post(f"{promised.get_absolute_url()}draw/")
    assert promised.checks.count() == 6
    again = client.post(f"{promised.get_absolute_url()}draw/", follow=True)
    assert "a draw is made once" in again.content.decode()
    assert promised.checks.count() == 6


def test_the_certificate_comes_out_the_same_and_a_changed_one_does_not(
    drawn: SpotCheckRound, sign_in: Any, tmp_path: Any
) -> None:
    answer = sign_in(Role.QA_OFFICER).get(f"{drawn.get_absolute_url()}certificate/")
    assert what_is_wrong(answer.content) == []
    assert hash_of_seed(drawn.seed) == drawn.seed_hash
    path = tmp_path / "certificate.json"
    path.write_bytes(answer.content)
    call_command("verify_draw", str(path))
    changed = json.loads(answer.content)
    changed["strata"][0]["drawn"].reverse()
    assert what_is_wrong(json.dumps(changed).encode())


def test_what_was_audited_or_checked_before_is_not_drawn_again(
    listed: list[FrameCase], coming: Any, person: Any
) -> None:
    frame = listed[0].frame
    for case in listed[:3]:
        sampled = a_sampled_case(frame.draw.cycle, area="child_in_need")
        type(sampled).objects.filter(pk=sampled.pk).update(case=case)
    officer = person(Role.QA_OFFICER)
    rounds = [
        draw_round(
            promised=promise_round(cycle=coming, cases_asked=8, promised_by=officer),
            drawn_by=officer,
        )
        for _ in range(2)
    ]
    chosen = [check.case_id for one in rounds for check in one.checks.all()]
    assert len(set(chosen)) == 16
    assert not set(chosen) & {case.pk for case in listed[:3]}
    left = frame.cases.count() - 3 - 16
    third = promise_round(cycle=coming, cases_asked=left + 1, promised_by=officer)
    with pytest.raises(SpotCheckNotPossible, match=f"Only {left} cases"):
        draw_round(promised=third, drawn_by=officer)


def test_without_a_list_nothing_begins(coming: Any, sign_in: Any) -> None:
    answer = sign_in(Role.QA_OFFICER).post(
        f"{ADDRESS}begin/", {"cycle": coming.pk, "cases_asked": "6"}
    )
    assert "No list to draw from" in answer.content.decode()


def test_the_database_keeps_seed_and_certificate(drawn: SpotCheckRound) -> None:
    for change in ({"seed": "another"}, {"certificate": {}}):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            SpotCheckRound.objects.filter(pk=drawn.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM learning_spotcheckround WHERE id = %s", [drawn.pk])


@pytest.mark.parametrize("who", [Role.LEAD_QA, Role.AUDIT_ADMIN, Role.FRONT_LINE])
def test_only_the_officer_draws_and_gives(
    drawn: SpotCheckRound, check: SpotCheck, sign_in: Any, who: Role
) -> None:
    client = sign_in(who)
    assert client.post(f"{ADDRESS}begin/", {}).status_code == 403
    assert client.post(f"{drawn.get_absolute_url()}draw/").status_code == 403
    assert client.post(f"{check.get_absolute_url()}give/", {}).status_code == 403


# --- Who makes it ----------------------------------------------------------------------------------------


def _unprepared(worker: Any) -> Any:
    return a_person("Unprepared")


def _of_the_team(worker: Any) -> Any:
    return a_prepared_person("Colleague", team=worker.team)


def _the_worker(worker: Any) -> Any:
    a_prepared_person("Other")
    readiness = AuditorReadiness.objects.get(person__first_name="Other")
    readiness.person = worker
    readiness.save()
    return worker


def _the_manager(worker: Any) -> Any:
    manager = a_prepared_person("Manager")
    worker.line_manager = manager
    worker.save()
    return manager


@pytest.mark.parametrize("somebody", [_unprepared, _of_the_team, _the_worker, _the_manager])
def test_nobody_makes_a_check_of_their_own_or_their_teams_work(
    check: SpotCheck, worker: Any, person: Any, sign_in: Any, somebody: Any
) -> None:
    refused = somebody(worker)
    with pytest.raises(SpotCheckNotPossible):
        give(check=check, auditors=[refused], given_by=person(Role.QA_OFFICER))
    answer = sign_in(Role.QA_OFFICER).post(
        f"{check.get_absolute_url()}give/", {"auditors": [refused.pk]}
    )
    assert answer.status_code == 422
    assert not check.auditors.exists()


def test_who_joins_the_team_later_cannot_finish_it(
    given: SpotCheck, auditor: Any, team: Team
) -> None:
    auditor.team = team
    auditor.save()
    assert any("same team" in sentence for sentence in missing_to_finish(given))
    with pytest.raises(SpotCheckNotPossible):
        finish(check=given, finished_by=auditor)


def test_three_are_too_many(check: SpotCheck, person: Any) -> None:
    three = [a_prepared_person(f"Three{number}") for number in range(3)]
    with pytest.raises(SpotCheckNotPossible, match="one or two"):
        give(check=check, auditors=three, given_by=person(Role.QA_OFFICER))


# --- Writing and reading ---------------------------------------------------------------------------------


def posted(check: SpotCheck, words: str = CANARY, version: int = 0) -> dict[str, str]:
    sent = {"version": str(version)}
    for section in sections_of(check):
        sent[f"{section.key}-saw"] = "Three records of visits."
        sent[f"{section.key}-means"] = f"{words}."
        sent[f"{section.key}-kind"] = "development_area"
        sent[f"{section.key}-theme"] = str(Theme.objects.order_by("pk")[0].pk)
    return sent


def test_from_my_work_to_signed_off(
    given: SpotCheck, auditor: Any, worker: Any, sign_in: Any, person: Any
) -> None:
    client, url = sign_in(auditor), given.get_absolute_url()
    assert url in client.get(reverse("home:my_work")).content.decode()
    assert "A day in this child" in client.get(f"{url}write/").content.decode()
    client.post(f"{url}write/", posted(given))
    assert SpotCheckEntry.objects.filter(check_of=given, themes__isnull=False).count() == 6
    assert (
        "Answer whether there is an immediate concern"
        in client.post(f"{url}finish/", follow=True).content.decode()
    )
    client.post(f"{url}urgent/", {"is_concern": "no"})
    client.post(f"{url}finish/")
    lead = sign_in(Role.LEAD_QA)
    assert CANARY in lead.get(url).content.decode()
    assert (
        "what they should look at again"
        in lead.post(f"{url}review/", {"outcome": "returned"}).content.decode()
    )
    lead.post(f"{url}review/", {"outcome": "returned", "words": "How do you know?"})
    assert "How do you know?" in client.get(url).content.decode()
    client.post(f"{url}finish/")
    lead.post(f"{url}review/", {"outcome": "signed_off"})
    given.refresh_from_db()
    assert given.state == SpotCheckState.QUALITY_ASSURED
    assert CANARY in sign_in(worker).get(url).content.decode()


def test_before_it_is_done_only_those_who_make_it_read_it(
    given: SpotCheck, auditor: Any, worker: Any, sign_in: Any, stranger: Any
) -> None:
    url = given.get_absolute_url()
    write(check=given, written=all_sections(given), version=0, written_by=auditor)
    assert CANARY in sign_in(auditor).get(url).content.decode()
    for who in (Role.LEAD_QA, Role.QA_OFFICER):
        assert CANARY not in sign_in(who).get(url).content.decode()
    for outsider in (worker, stranger, Role.SENIOR_MANAGER, Role.BOARD_MEMBER, Role.FRONT_LINE):
        assert sign_in(outsider).get(url).status_code == 404
        assert given.ref not in sign_in(outsider).get(ADDRESS).content.decode()
    refused = AccessEvent.objects.filter(object_type="learning.spotcheck", action="refused")
    assert refused.count() == 5


def test_a_superuser_reads_nothing_by_being_one(given: SpotCheck, sign_in: Any) -> None:
    anybody = a_person("Anybody", is_superuser=True)
    assert sign_in(anybody).get(given.get_absolute_url()).status_code == 404


def test_a_lead_does_not_sign_off_what_they_made_or_what_is_about_them(
    given: SpotCheck, auditor: Any, worker: Any, sign_in: Any
) -> None:
    group = Group.objects.get(name=Role.LEAD_QA.label)
    write(check=given, written=all_sections(given), version=0, written_by=auditor)
    SpotCheck.objects.filter(pk=given.pk).update(has_immediate_concern=False)
    finish(check=given, finished_by=auditor)
    for involved in (auditor, worker):
        involved.groups.add(group)
        answer = sign_in(involved).post(
            f"{given.get_absolute_url()}review/", {"outcome": "signed_off"}
        )
        assert answer.status_code == 403
    assert CANARY not in sign_in(worker).get(given.get_absolute_url()).content.decode()


def test_a_grade_in_the_overall_statement_is_refused_and_stays_on_the_page(
    given: SpotCheck, auditor: Any, sign_in: Any
) -> None:
    sent = posted(given) | {"overall-means": "Practice was rated good overall."}
    answer = sign_in(auditor).post(f"{given.get_absolute_url()}write/", sent)
    assert answer.status_code == 422
    assert "reads as a grade" in answer.content.decode()
    assert "rated good overall" in answer.content.decode()
    assert not given.entries.exists()


def test_when_two_write_nothing_of_either_is_lost(
    given: SpotCheck, person: Any, sign_in: Any
) -> None:
    second = a_prepared_person("Second")
    auditors = [*given.auditors.all(), second]
    give(check=given, auditors=auditors, given_by=person(Role.QA_OFFICER))
    url = f"{given.get_absolute_url()}write/"
    sign_in(auditors[0]).post(url, posted(given, "Hers came first, because she was quick"))
    client = sign_in(second)
    met = client.post(url, posted(given, "Mine came second, because I was slow"))
    page = met.content.decode()
    assert met.status_code == 422
    assert "Hers came first" in page and "Mine came second" in page
    assert "Hers came first" in given.entries.all()[0].means
    assert 'name="version" value="1"' in page
    with pytest.raises(SavedMeanwhile):
        write(check=given, written=all_sections(given), version=0, written_by=second)


@pytest.mark.parametrize(
    ("state", "days", "is_open"),
    [
        (SpotCheckState.DRAWN, 300, True),
        (SpotCheckState.DONE, 300, True),
        (SpotCheckState.QUALITY_ASSURED, 25, True),
        (SpotCheckState.QUALITY_ASSURED, 40, False),
        (SpotCheckState.SET_ASIDE, 40, False),
    ],
)
def test_those_who_make_it_lose_access_some_days_after_the_close(
    given: SpotCheck,
    auditor: Any,
    coming: Any,
    sign_in: Any,
    state: str,
    days: int,
    is_open: bool,
) -> None:
    SpotCheck.objects.filter(pk=given.pk).update(state=state)
    _close(coming, days)
    answer = sign_in(auditor).get(given.get_absolute_url())
    assert answer.status_code == (200 if is_open else 404)
    assert (given.ref in sign_in(auditor).get(ADDRESS).content.decode()) is is_open
    assert sign_in(Role.LEAD_QA).get(given.get_absolute_url()).status_code == 200


def test_it_is_the_cycle_that_reported_it_whose_close_counts(
    given: SpotCheck, auditor: Any, worker: Any, coming: Any, sign_in: Any
) -> None:
    """Left behind by its own report, it went into the next one."""
    later = a_cycle("2031-Q3", first_day=timezone.localdate() + timedelta(days=90))
    rows = SpotCheck.objects.filter(pk=given.pk)
    rows.update(state=SpotCheckState.FOLDED, folded_into=later, folded_at=timezone.now())
    _close(coming, 40)
    assert sign_in(auditor).get(given.get_absolute_url()).status_code == 200
    _close(later, 40)
    assert sign_in(auditor).get(given.get_absolute_url()).status_code == 404
    assert sign_in(worker).get(given.get_absolute_url()).status_code == 200


def _close(cycle: Any, days_ago: int) -> None:
    closed_at = timezone.now() - timedelta(days=days_ago)
    type(cycle).objects.filter(pk=cycle.pk).update(state=CycleState.CLOSED, closed_at=closed_at)


def test_others_write_nothing(given: SpotCheck, sign_in: Any, worker: Any) -> None:
    for who in (Role.LEAD_QA, Role.QA_OFFICER):
        for step in ("write", "urgent", "finish"):
            answer = sign_in(who).post(f"{given.get_absolute_url()}{step}/", posted(given))
            assert answer.status_code == 403
    assert not given.entries.exists()


def test_the_number_is_the_officers_and_each_look_is_logged(given: SpotCheck, sign_in: Any) -> None:
    CaseKey.objects.create(case=given.case, council_id="LCS-4711")
    url = f"{given.get_absolute_url()}key/"
    page = sign_in(Role.QA_OFFICER).post(url, {"reason": "open_record"}).content.decode()
    assert "LCS-4711" in page
    assert AccessEvent.objects.filter(object_type="learning.casekey", action="viewed").count() == 1
    for who in (Role.LEAD_QA, *given.auditors.all()):
        assert sign_in(who).post(url, {"reason": "open_record"}).status_code == 403


# --- In the report ---------------------------------------------------------------------------------------


def test_five_and_more_are_counted_and_fewer_are_not(
    drawn: SpotCheckRound, auditor: Any, coming: Any, person: Any
) -> None:
    theme, rare = Theme.objects.order_by("pk")[:2]
    checks = list(drawn.checks.order_by("ref"))
    for number, check in enumerate(checks):
        themes = [theme, rare] if number == 0 else [theme]
        made(check, auditor, person(Role.LEAD_QA), themes=themes)
        today = timezone.localdate()
        count = dict(spot_check_table(coming, today).table)["Spot checks signed off"]
        themes_shown = dict(spot_check_strengths(coming, today).table)
        if number < 4:
            assert count == "fewer than 5" and not themes_shown
    assert counted_for(coming).strengths == {theme.label: 6, rare.label: 1}
    assert count == "6"
    assert themes_shown == {theme.label: "6 of 6 spot checks"}, "what was seen in one is not named"


def test_what_the_report_counted_is_folded_and_never_changes(
    drawn: SpotCheckRound, auditor: Any, coming: Any, person: Any
) -> None:
    first, second = drawn.checks.order_by("ref")[:2]
    made(first, auditor, person(Role.LEAD_QA))
    assert note_counted(cycle=coming) == 1
    made(second, auditor, person(Role.LEAD_QA))
    folded = fold(cycle=coming, folded_by=None)
    assert [one.ref for one in folded] == [first.ref]
    assert fold(cycle=coming, folded_by=None) == []
    later = a_cycle("2031-Q3", first_day=timezone.localdate() + timedelta(days=90))
    assert counted_for(later).checks == 1, "the other one waits, and the next report counts it"
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        SpotCheckEntry.objects.filter(check_of=first).update(means="Something else.")
    entry = SpotCheckEntry.objects.filter(check_of=first).first()
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        entry.themes.add(Theme.objects.last())
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        SpotCheck.objects.filter(pk=first.pk).update(version=9)


def test_the_list_costs_the_same_with_one_and_with_many(
    drawn: SpotCheckRound, person: Any, sign_in: Any, auditor: Any
) -> None:
    client = sign_in(Role.QA_OFFICER)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for check in drawn.checks.all():
        give(check=check, auditors=[auditor], given_by=person(Role.QA_OFFICER))
    for _ in range(3):
        promised = promise_round(
            cycle=drawn.cycle, cases_asked=2, promised_by=person(Role.QA_OFFICER)
        )
        draw_round(promised=promised, drawn_by=person(Role.QA_OFFICER))
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)
