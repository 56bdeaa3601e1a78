"""Letting somebody read one audit: with a reason and an end, by the QA office, and logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.events.working_days import add_working_days
from learning.evidence.services import NotOpenYet, ReadsAlready, end_let_in, let_read
from learning.people.roles import Role
from learning.programme.settings import AuditSettings
from learning.submissions.grants import AUDITS, grant_reading
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.states import OPEN_TO_READERS
from learning.submissions.states import SubmissionState as State
from tests.learning.audit import a_person

pytestmark = pytest.mark.django_db


def in_hours(hours: int) -> str:
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


@pytest.fixture
def audit(audits: Any) -> AuditSubmission:
    return audits(1)[0]


@pytest.fixture
def reader(db: None) -> Any:
    return a_person("Reader")


def is_open_to(audit: AuditSubmission, reader: Any) -> bool:
    return AuditSubmission.objects.visible_to(reader).filter(pk=audit.pk).exists()


def test_the_office_lets_somebody_in_and_takes_it_away_again(
    audit: AuditSubmission, reader: Any, sign_in: Any, person: Any
) -> None:
    office, url = sign_in(Role.LEAD_QA), reverse("evidence:readers", args=[audit.case.ref])

    form = {"person": reader.pk, "reason": "Presents the finding", "expires_at": in_hours(2)}
    assert office.post(url, form).status_code == 302
    assert is_open_to(audit, reader)
    assert "Presents the finding" in office.get(url).text
    grant = SubmissionGrant.objects.get(user=reader)
    ending = reverse("evidence:end_reader", args=[audit.case.ref, grant.pk])
    assert office.post(ending).status_code == 302
    assert not is_open_to(audit, reader)
    logged = AccessEvent.objects.filter(user_id=person(Role.LEAD_QA).pk).order_by("pk")
    actions = list(logged.values_list("action", flat=True))
    assert actions.index("granted") < actions.index("revoked")


@pytest.mark.parametrize(
    "field",
    [{"reason": ""}, {"expires_at": ""}, {"expires_at": "2020-01-01T10:00"}, {"person": ""}],
)
def test_without_a_reason_or_an_end_to_come_nobody_is_let_in(
    field: dict[str, str], audit: AuditSubmission, reader: Any, sign_in: Any
) -> None:
    form = {"person": reader.pk, "reason": "Presents it", "expires_at": in_hours(2), **field}

    answer = sign_in(Role.LEAD_QA).post(reverse("evidence:readers", args=[audit.case.ref]), form)

    assert answer.status_code == 422
    assert not is_open_to(audit, reader)


def test_a_grant_that_ran_out_opens_nothing_even_before_the_timer_removes_it(
    audit: AuditSubmission, reader: Any, person: Any
) -> None:
    let_read(
        submission=audit,
        person=reader,
        reason="Presents it",
        expires_at=timezone.now() - timedelta(seconds=1),
        granted_by=person(Role.LEAD_QA),
    )

    assert not is_open_to(audit, reader)
    call_command("expire_grants", verbosity=0)
    assert not SubmissionGrant.objects.filter(user=reader).exists()


@pytest.mark.parametrize("state", [s for s in State if s not in OPEN_TO_READERS])
def test_nobody_is_let_in_before_quality_assurance_or_when_the_text_is_gone(
    state: State, audits: Any, reader: Any, sign_in: Any, person: Any
) -> None:
    (early,) = audits(1, state=state)
    url = reverse("evidence:readers", args=[early.case.ref])
    form = {"person": reader.pk, "reason": "Presents it", "expires_at": in_hours(2)}
    answer = sign_in(Role.LEAD_QA).post(url, form)
    assert answer.status_code in (404, 422), "404 where the lead does not read it either"
    assert answer.status_code == 404 or "before it is quality assured" in answer.text
    with pytest.raises(NotOpenYet):
        let_read(
            submission=early,
            person=reader,
            reason="Presents it",
            expires_at=timezone.now() + timedelta(hours=2),
            granted_by=person(Role.LEAD_QA),
        )
    assert not is_open_to(early, reader)


def test_the_worker_of_a_submitted_audit_is_not_let_in(sign_in: Any, audits: Any) -> None:
    worker = a_person("Worker")
    (early,) = audits(1, state=State.SUBMITTED, worker=worker)
    office, url = sign_in(Role.LEAD_QA), reverse("evidence:readers", args=[early.case.ref])
    assert "Let them read it" not in office.get(url).text
    form = {"person": worker.pk, "reason": "Asked", "expires_at": "2099-01-01T10:00"}
    assert office.post(url, form).status_code == 422
    assert not is_open_to(early, worker)


def test_nobody_is_let_in_for_longer_than_the_service_says(
    audit: AuditSubmission, reader: Any, sign_in: Any
) -> None:
    settings = AuditSettings.load()
    settings.let_in_days_at_most = 2
    settings.save()
    last = add_working_days(timezone.localdate(), 2)
    office, url = sign_in(Role.LEAD_QA), reverse("evidence:readers", args=[audit.case.ref])
    form = {"person": reader.pk, "reason": "Presents it"}

    late = office.post(url, {**form, "expires_at": f"{last + timedelta(days=1):%Y-%m-%d}T00:01"})
    assert late.status_code == 422
    assert f"until {last:%-d %B %Y}" in late.text
    assert not is_open_to(audit, reader)
    assert office.post(url, {**form, "expires_at": f"{last:%Y-%m-%d}T23:59"}).status_code == 302
    assert is_open_to(audit, reader)


def test_the_line_manager_of_the_worker_needs_no_letting_in(
    audits: Any, reader: Any, sign_in: Any
) -> None:
    (audit,) = audits(1, worker=a_person("Worker", line_manager=reader))
    url = reverse("evidence:readers", args=[audit.case.ref])
    form = {"person": reader.pk, "reason": "Presents it", "expires_at": in_hours(2)}
    assert "reads the audit already" in sign_in(Role.LEAD_QA).post(url, form).text


def test_who_audits_the_case_is_not_given_another_reason_or_end(
    audit: AuditSubmission, reader: Any, person: Any, sign_in: Any
) -> None:
    lead = person(Role.LEAD_QA)
    own = grant_reading(submission=audit, person=reader, reason=AUDITS, granted_by=lead)
    url = reverse("evidence:readers", args=[audit.case.ref])

    form = {"person": reader.pk, "reason": "Presents it", "expires_at": in_hours(2)}
    assert "reads the audit already" in sign_in(Role.LEAD_QA).post(url, form).text
    ending = reverse("evidence:end_reader", args=[audit.case.ref, own.pk])
    assert sign_in(Role.LEAD_QA).post(ending).status_code == 404
    with pytest.raises(PermissionDenied):
        end_let_in(grant=own, ended_by=lead)
    with pytest.raises(ReadsAlready):
        let_read(
            submission=audit,
            person=a_person("Forger"),
            reason=AUDITS,
            expires_at=timezone.now() + timedelta(hours=2),
            granted_by=lead,
        )
    own.refresh_from_db()
    assert (own.reason, own.expires_at) == (AUDITS, None)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FRONT_LINE, Role.INFORMATION_GOVERNANCE])
def test_only_the_office_lets_in_by_the_service(
    role: Role, audit: AuditSubmission, reader: Any, person: Any
) -> None:
    with pytest.raises(PermissionDenied):
        let_read(
            submission=audit,
            person=reader,
            reason="x",
            expires_at=timezone.now() + timedelta(hours=2),
            granted_by=person(role),
        )
    assert not is_open_to(audit, reader)


def test_an_audit_that_is_not_there_and_one_that_is_closed_look_the_same(
    audits: Any, sign_in: Any
) -> None:
    (early,) = audits(1, state="reading")
    office = sign_in(Role.QA_OFFICER)

    closed = office.get(reverse("evidence:readers", args=[early.case.ref]))
    missing = office.get(reverse("evidence:readers", args=["2099-Q1-T-01"]))

    assert (closed.status_code, missing.status_code) == (404, 404)
    assert AccessEvent.objects.filter(action="refused", object_id=str(early.pk)).exists()
