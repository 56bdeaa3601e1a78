"""What an auditor takes from the days: their own, shared only by choice, and a record to take away."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.hours.models import LoggedHours
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.reflections.models import AuditorReflection
from learning.submissions.models import SubmitConfirmation
from learning.submissions.states import SubmissionState
from learning.work import waiting_for
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_person,
    a_prepared_person,
    a_reflection,
    a_sampled_case,
    a_submission,
)
from tests.learning.letters.conftest import a_colleague

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
CANARY = "willowptarmigan"
WORDS = {
    "take_back": f"I shall ask who fetches the child. {CANARY}",
    "challenged": f"That fathers do not come. {CANARY}",
    "as_auditor": f"When I knew the street. {CANARY}",
}


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle(first_day=timezone.localdate() - timedelta(days=2))


@pytest.fixture
def manager(db: None) -> StaffMember:
    return a_colleague("Mia", Role.LINE_MANAGER)


@pytest.fixture
def auditor(cycle: AuditCycle, manager: StaffMember) -> StaffMember:
    ada = a_prepared_person("Ada", line_manager=manager)
    a_pair(cycle, ada, a_person("Ben"))
    return ada


def url(name: str, cycle: AuditCycle) -> str:
    return reverse(f"reflections:{name}", args=[cycle.ref])


def shared_url(reflection: AuditorReflection) -> str:
    return reverse("reflections:shared", args=[reflection.pk])


@pytest.fixture
def written(cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn) -> AuditorReflection:
    assert sign_in(auditor).post(url("write", cycle), WORDS).status_code == 302
    return AuditorReflection.objects.get()


# --- One's own ---------------------------------------------------------------------------------------


def test_an_auditor_writes_for_themselves_and_comes_back_to_it(
    written: AuditorReflection, cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    client = sign_in(auditor)
    assert WORDS["challenged"] in client.get(url("write", cycle)).text
    client.post(url("write", cycle), {"take_back": "Less."})
    again = AuditorReflection.objects.get()
    assert (again.pk, again.take_back, again.challenged) == (written.pk, "Less.", "")
    empty = client.post(url("write", cycle), {"take_back": "  "})
    assert empty.status_code == 422
    assert "a line is enough" in empty.text


def test_nobody_else_reads_it_whoever_they_are(
    written: AuditorReflection, cycle: AuditCycle, manager: StaffMember, sign_in: SignIn
) -> None:
    partner = cycle.team.exclude(person=written.person).get().person
    superuser = a_person("Sue", is_superuser=True)
    for who in (*sorted(Role), manager, superuser, partner):
        client = sign_in(who)
        assert client.get(shared_url(written)).status_code == 404
        for name in ("write", "share", "take_back"):
            answer = client.post(url(name, cycle), {"take_back": "Mine now."})
            assert who == partner or answer.status_code == 404
        assert CANARY not in client.get(url("write", cycle)).text
        assert CANARY not in client.get(reverse("reflections:list")).text
        assert CANARY not in client.get(reverse("reflections:record")).text
    written.refresh_from_db()
    assert (written.take_back, written.shared_with) == (WORDS["take_back"], None)
    refused = AccessEvent.objects.filter(action="refused", object_id=str(written.pk))
    assert refused.filter(object_type="learning.auditorreflection").exists()


def test_before_the_days_there_is_nothing_to_look_back_on(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    AuditCycle.objects.filter(pk=cycle.pk).update(state=CycleState.READY)
    assert "The days have not begun" in sign_in(auditor).get(url("write", cycle)).text
    assert sign_in(auditor).post(url("write", cycle), WORDS).status_code == 422
    assert not AuditorReflection.objects.exists()


# --- Shared by choice --------------------------------------------------------------------------------


def test_it_is_shared_with_the_line_manager_and_taken_back(
    written: AuditorReflection,
    cycle: AuditCycle,
    auditor: StaffMember,
    manager: StaffMember,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(auditor).post(url("share", cycle))
    (message,) = mail.outbox
    assert message.to == [manager.email]
    assert shared_url(written) in message.body
    assert auditor.last_name not in message.subject + message.body
    reader = sign_in(manager)
    assert WORDS["take_back"] in reader.get(shared_url(written)).text
    assert shared_url(written) in reader.get(reverse("reflections:list")).text
    assert sign_in(Role.LEAD_QA).get(shared_url(written)).status_code == 404
    sign_in(auditor).post(url("take_back", cycle))
    assert reader.get(shared_url(written)).status_code == 404
    assert shared_url(written) not in reader.get(reverse("reflections:list")).text


def test_somebody_who_no_longer_manages_the_writer_no_longer_reads_it(
    written: AuditorReflection, cycle: AuditCycle, manager: StaffMember, sign_in: SignIn
) -> None:
    sign_in(written.person).post(url("share", cycle))
    new_manager = a_colleague("Nia", Role.LINE_MANAGER)
    StaffMember.objects.filter(pk=written.person_id).update(line_manager=new_manager)
    assert sign_in(manager).get(shared_url(written)).status_code == 404
    assert sign_in(new_manager).get(shared_url(written)).status_code == 404


def test_without_a_line_manager_nothing_is_shared(
    written: AuditorReflection, cycle: AuditCycle, sign_in: SignIn
) -> None:
    for manager in (None, written.person):
        StaffMember.objects.filter(pk=written.person_id).update(line_manager=manager)
        answer = sign_in(written.person).post(url("share", cycle), follow=True)
        assert "knows no line manager" in answer.text
    written.refresh_from_db()
    assert written.shared_with is None


# --- The record --------------------------------------------------------------------------------------


@pytest.fixture
def done(written: AuditorReflection, cycle: AuditCycle, auditor: StaffMember) -> str:
    """The reference of a case that the auditor audited, with hours given."""
    case = a_sampled_case(cycle, worker=a_person("Wes"), pair=cycle.pairs.get())
    submission = a_submission(case, SubmissionState.SUBMITTED)
    type(submission).objects.filter(pk=submission.pk).update(submitted_at=timezone.now())
    SubmitConfirmation.objects.create(
        submission=submission, person=auditor, fingerprint="f", hours="5.5"
    )
    LoggedHours.objects.create(cycle=cycle, person=auditor, activity="plenary", hours="2")
    return case.ref


def word_text(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def test_the_record_says_what_was_done_and_nothing_of_a_case(
    done: str, cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    answer = sign_in(auditor).get(reverse("reflections:download_docx"))
    text = word_text(answer.content)
    assert auditor.get_full_name() in text
    assert "Audits finished with a colleague: 1" in text
    assert "Time in all: 7.5 hours" in text
    assert "Reading, talking and writing in audits: 5.5 hours" in text
    assert "Plenaries at the end of each day: 2 hours" in text
    assert "Core training modules read on" in text
    for absent in (done, CANARY, "Wes", "Ben Built"):
        assert absent not in text
    everything = zipfile.ZipFile(io.BytesIO(answer.content))
    raw = "".join(everything.read(name).decode("utf-8", "ignore") for name in everything.namelist())
    assert CANARY not in raw
    assert "no-store" in answer["Cache-Control"]
    assert AccessEvent.objects.filter(action="exported", user_id=auditor.pk).count() == 1


def test_the_reflections_that_are_chosen_go_in_and_no_others(
    done: str, cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    earlier = a_cycle("2030-Q4", state=CycleState.CLOSED, first_day=cycle.first_day - timedelta(90))
    a_pair(earlier, auditor, a_person("Eve"))
    a_reflection(earlier, auditor)
    address = reverse("reflections:download_docx")
    text = word_text(sign_in(auditor).get(address, {"with": "2030-Q4"}).content)
    assert "I shall ask who fetches the child." in text
    assert CANARY not in text
    pdf = sign_in(auditor).get(reverse("reflections:download_pdf"), {"with": cycle.ref})
    assert pdf.content.startswith(b"%PDF-")


def test_a_record_is_of_the_person_who_asks(done: str, cycle: AuditCycle, sign_in: SignIn) -> None:
    partner = cycle.team.get(person__first_name="Ben").person
    address = reverse("reflections:download_docx")
    text = word_text(sign_in(partner).get(address, {"with": cycle.ref}).content)
    assert "Ben Built" in text
    assert CANARY not in text
    assert "5.5" not in text
    lead = word_text(sign_in(cycle.lead).get(address, {"with": cycle.ref}).content)
    assert "Part: Lead" in lead
    assert CANARY not in lead


def test_the_pages_ask_as_often_for_many_cycles_as_for_one(
    done: str, auditor: StaffMember, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for year in range(2020, 2030):
        cycle = a_cycle(f"{year}-Q1", state=CycleState.CLOSED)
        a_pair(cycle, auditor, a_person(f"P{year}"))
        a_reflection(cycle, auditor)
    client = sign_in(auditor)
    for name in ("list", "record"):
        client.get(reverse(f"reflections:{name}"))
        with django_assert_max_num_queries(20):
            client.get(reverse(f"reflections:{name}"))


# --- Nowhere else ------------------------------------------------------------------------------------


def test_it_stands_in_its_own_table_and_nowhere_else(
    written: AuditorReflection, cycle: AuditCycle, sign_in: SignIn, caplog: Any
) -> None:
    sign_in(written.person).post(url("share", cycle))
    sign_in(written.person).get(reverse("reflections:download_docx"), {"with": cycle.ref})
    found = {model._meta.label for model in apps.get_models() if _holds_canary(model)}
    assert found == {"learning.AuditorReflection"}
    logged = [record.getMessage() for record in caplog.records if "django.db" not in record.name]
    assert not any(CANARY in line for line in logged)
    assert CANARY not in str(getattr(cache, "_cache", ""))
    assert Event.objects.filter(action="auditorreflection.share").exists()
    answer = sign_in(written.person).get("/search/", {"q": CANARY})
    assert "who fetches the child" not in answer.text


def _holds_canary(model: type[models.Model]) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField)
    names = [field.name for field in model._meta.local_fields if isinstance(field, texts)]
    rows = model._base_manager.values_list(*names) if names else ()
    return any(CANARY in str(row) for row in rows)


# --- My work -----------------------------------------------------------------------------------------


def titles(who: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(who) if "/reflections/" in item.url]


def test_auditors_are_asked_after_the_last_day_until_they_have_written(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    assert titles(auditor) == [f"{cycle}: what will you take back?"]
    assert titles(cycle.lead) == []
    sign_in(auditor).post(url("write", cycle), WORDS)
    assert titles(auditor) == []
    later = a_cycle("2031-Q2", first_day=timezone.localdate())
    a_pair(later, auditor, a_person("Una"))
    assert titles(auditor) == []
