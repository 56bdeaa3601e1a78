"""A concern that a spot check reports: it goes the same way as one of an audit (domain.md A41, A76)."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.escalations.models import Escalation
from learning.escalations.receivers import connect
from learning.escalations.services import raise_escalation
from learning.events.services import record_event
from learning.figures.auditing import escalation_times
from learning.figures.scope import scope_up_to
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.gates import cautions_for, missing_for
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.refusals import SpotCheckNotPossible
from learning.spot_checks.services import answer_urgent_question, set_aside
from learning.work import waiting_for
from tests.learning.audit import a_sampled_case, a_spot_check, an_escalation, audited_cases
from tests.learning.escalations.conftest import CANARY, Cast, a_colleague, conveying, url

pytestmark = pytest.mark.django_db


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


@pytest.fixture
def check(cast: Cast) -> SpotCheck:
    """Given to Ada and Ben, and not written yet; it is about the work of Wes."""
    case = a_sampled_case(cast.cycle, worker=cast.worker)
    return a_spot_check(case.case, cast.auditor, cast.partner)


def page_of(check: SpotCheck, step: str = "") -> str:
    return f"{check.get_absolute_url()}{step}"


def said_yes(check: SpotCheck, sign_in: Callable[..., Client], by: Any, words: str = "") -> None:
    sign_in(by).post(page_of(check, "urgent/"), {"is_concern": "yes", "words": words})


@pytest.fixture
def raised(check: SpotCheck, cast: Cast, sign_in: Callable[..., Client]) -> Escalation:
    said_yes(check, sign_in, cast.auditor, f"A mark on her arm. {CANARY}")
    return Escalation.objects.get()


@pytest.mark.usefixtures("office_is_open")
def test_the_whole_way_out_of_a_spot_check(
    check: SpotCheck, cast: Cast, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made, lead, senior = sign_in(cast.auditor), sign_in(cast.lead), sign_in(cast.senior)
    assert "not the referral route" in made.get(page_of(check, "urgent/")).text
    with django_capture_on_commit_callbacks(execute=True):
        said_yes(check, sign_in, cast.auditor, f"A mark on her arm. {CANARY}")
    assert sorted(m.to[0] for m in mail.outbox) == sorted([cast.lead.email, cast.deputy.email])
    assert not any(CANARY in m.body for m in mail.outbox)
    row = Escalation.objects.get()
    assert (row.spot_check, row.submission, row.cycle) == (check, None, cast.cycle)
    assert f"Convey escalation {row.ref}" in titles(cast.lead)
    page = lead.get(url("show", row)).text
    for words in ("A mark on her arm", "To be conveyed by", check.ref, "from the spot check"):
        assert words in page, words
    for address in (page_of(check), page_of(check, "urgent/")):
        assert "The lead has it" in sign_in(cast.partner).get(address).text

    form = lead.get(url("convey", row)).text
    assert "line manager read it" in form
    assert lead.post(url("convey", row), conveying(cast.senior)).status_code == 302
    page = senior.get(url("show", row)).text
    assert "Have him seen by a paediatrician" in page
    assert check.ref not in page, "the addressee is not told which spot check it is"
    assert senior.get(page_of(check)).status_code == 404
    assert "has told a senior manager" in made.get(page_of(check)).text
    assert cast.senior.get_full_name() not in made.get(page_of(check)).text

    senior.post(url("acknowledge", row))
    senior.post(url("report", row), {"words": "Seen at three."})
    lead.post(url("verify", row), {"evidence": "The note of the clinic."})
    question = lead.get(url("close", row)).text
    assert "reported from the spot check" in question
    assert lead.post(url("close", row)).status_code == 302
    assert Escalation.objects.get().state == "closed"


def test_more_words_and_a_no_change_nothing_of_the_yes(
    raised: Escalation, check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    partner = sign_in(cast.partner)
    assert partner.post(page_of(check, "urgent/"), {"words": ""}).status_code == 422
    partner.post(page_of(check, "urgent/"), {"is_concern": "no", "words": "And the sister."})
    check.refresh_from_db()
    assert check.has_immediate_concern
    assert [note.words for note in raised.notes.all()][1:] == ["And the sister."]
    assert Escalation.objects.count() == 1


def test_a_new_concern_after_the_close_opens_another(check: SpotCheck, cast: Cast) -> None:
    an_escalation(None, spot_check=check, recipient=cast.senior, state="closed")
    answer_urgent_question(
        check=check, is_concern=True, answered_by=cast.auditor, words="Something else."
    )
    assert sorted(Escalation.objects.values_list("state", flat=True)) == ["closed", "raised"]


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("done", True), ("quality_assured", True), ("folded", False), ("set_aside", False)],
)
def test_it_can_be_reported_until_the_check_is_settled(
    check: SpotCheck, cast: Cast, sign_in: Any, state: str, is_open: bool
) -> None:
    SpotCheck.objects.filter(pk=check.pk).update(state=state, has_immediate_concern=False)
    assert ("urgent/" in sign_in(cast.auditor).get(page_of(check)).text) is is_open
    said_yes(check, sign_in, cast.auditor)
    assert Escalation.objects.exists() is is_open


def test_the_lead_reads_at_once_what_it_says_so_far(
    check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    section = check.form.sections.first()
    check.entries.create(section=section, means=f"Nobody saw her alone. {CANARY}")
    assert CANARY not in sign_in(cast.lead).get(page_of(check)).text
    said_yes(check, sign_in, cast.auditor)
    assert CANARY in sign_in(cast.lead).get(page_of(check)).text
    assert CANARY not in sign_in(cast.officer).get(page_of(check)).text
    assert sign_in(cast.worker).get(page_of(check)).status_code == 404


def test_it_is_not_set_aside_over_a_concern(
    raised: Escalation, check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    officer = sign_in(cast.officer)
    answer = officer.post(page_of(check, "set-aside/"), {"reason": "The case has closed."})
    assert answer.status_code == 422
    assert raised.ref in answer.text
    check.refresh_from_db()
    assert check.state == "drawn"
    Escalation.objects.all().update(
        state="verified",
        recipient=cast.senior,
        action="Have her seen.",
        deadline=timezone.now(),
        conveyed_at=timezone.now(),
        verified_by=cast.lead,
        verified_at=timezone.now(),
        evidence="Seen.",
    )
    answer = officer.post(page_of(check, "set-aside/"), {"reason": "The case has closed."})
    assert answer.status_code == 302


def test_setting_aside_asks_below_the_page_too(raised: Escalation, cast: Cast) -> None:
    with pytest.raises(SpotCheckNotPossible, match=raised.ref):
        set_aside(check=raised.spot_check, reason="Closed", set_aside_by=cast.officer)


STEPS = ("convey", "acknowledge", "report", "verify", "close", "refer", "note")


def test_those_whom_it_does_not_concern_find_nothing(
    raised: Escalation, check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    """Those who made it see a sentence on the check; the worker, managers and others nothing at all."""
    others = [cast.auditor, cast.partner, cast.worker, cast.manager, cast.senior]
    others.append(a_colleague("Sup", Role.IT_SUPPORT, is_superuser=True))
    for somebody in others:
        client = sign_in(somebody)
        assert client.get(url("show", raised)).status_code == 404, somebody
        for name in STEPS:
            assert client.post(url(name, raised), {}).status_code == 404, (somebody, name)
        listed = client.get(reverse("escalations:list"), {"which": "all"}).text
        assert raised.ref not in listed


def test_the_worker_of_the_office_finds_nothing_about_their_own_work(
    raised: Escalation, check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    type(check.case).objects.filter(pk=check.case_id).update(worker=cast.deputy)
    client = sign_in(cast.deputy)
    assert client.get(url("show", raised)).status_code == 404
    assert raised.ref not in client.get(reverse("escalations:list")).text
    assert raised.ref not in client.get(page_of(check)).text
    assert not [title for title in titles(cast.deputy) if raised.ref in title]


def test_the_worker_is_never_whom_it_is_conveyed_to(
    raised: Escalation, check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    type(check.case).objects.filter(pk=check.case_id).update(worker=cast.senior)
    answer = sign_in(cast.lead).post(url("convey", raised), conveying(cast.senior))
    assert answer.status_code == 422


def test_nobody_else_reports_from_it(check: SpotCheck, cast: Cast, sign_in: Any) -> None:
    for somebody in (cast.lead, cast.officer):
        answer = sign_in(somebody).post(page_of(check, "urgent/"), {"is_concern": "yes"})
        assert answer.status_code == 403
    assert not Escalation.objects.exists()


def test_a_cycle_counts_it_and_does_not_close_over_it(raised: Escalation, cast: Cast) -> None:
    connect()
    assert f"{raised.ref} has not been verified." in missing_for(cast.cycle, "close")
    told = cautions_for(cast.cycle, "finish_days")
    assert f"{raised.ref} has not been conveyed to anybody who can act." in told
    for submission in audited_cases(cast.cycle, 4):
        an_escalation(submission)
    AuditCycle.objects.filter(pk=cast.cycle.pk).update(state=CycleState.REPORTING)
    cast.cycle.refresh_from_db()
    rows = escalation_times(scope_up_to(cast.cycle, timezone.localdate())).table
    assert [row[1] for row in rows if row[0] == cast.cycle.ref] == ["5"]


def test_the_register_of_the_desk_has_it(raised: Escalation, cast: Cast, sign_in: Any) -> None:
    assert raised.ref in sign_in(cast.officer).get(reverse("escalations_modeladmin_index")).text


def test_the_database_keeps_out_of_what_it_came(raised: Escalation, cast: Cast) -> None:
    another = a_spot_check(a_sampled_case(cast.cycle).case, cast.auditor)
    for change in (
        {"spot_check": another},
        {"spot_check": None},
        {"submission": cast.submission},
        {"spot_check": None, "submission": cast.submission},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Escalation.objects.filter(pk=raised.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_escalation(None, spot_check=raised.spot_check)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_escalation(cast.submission, spot_check=another)


@pytest.mark.usefixtures("office_is_open")
def test_what_an_earlier_release_only_mailed_is_raised_by_the_upgrade(
    check: SpotCheck, cast: Cast, sign_in: Any
) -> None:
    SpotCheck.objects.filter(pk=check.pk).update(has_immediate_concern=True)
    event = record_event(actor=cast.auditor, action="spotcheck.immediate_concern", about=check)
    upgrade = import_module("learning.migrations.0038_concerns_that_were_only_mailed")
    upgrade.raise_what_was_only_mailed(apps, None)
    row = Escalation.objects.get()
    assert (row.spot_check, row.raised_by, row.raised_at) == (
        check,
        cast.auditor,
        event.happened_at,
    )
    assert "reported it from the spot check" in sign_in(cast.lead).get(url("show", row)).text
    assert "The lead has it" in sign_in(cast.auditor).get(page_of(check)).text


def test_the_list_asks_no_more_for_many_spot_checks(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        check = a_spot_check(a_sampled_case(cast.cycle).case, cast.auditor)
        raise_escalation(about=check, raised_by=cast.auditor)
    client = sign_in(cast.lead)
    client.get(reverse("escalations:list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("escalations:list"))
    assert page.text.count("portal-result__title") == 20
