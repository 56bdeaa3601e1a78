"""An immediate concern reaches the lead at once, once, and is not taken back by a later answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from learning.submissions.urgent import answer_urgent_question, concern_reported
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


def test_a_yes_tells_the_lead_at_once_and_the_page_is_no_referral(
    opened: Audit, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(opened.first)
    url = f"/audits/submissions/{opened.ref}/urgent/"
    assert "not the referral route" in client.get(url).content.decode()
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {"is_concern": "yes"})
    assert [message.to for message in mail.outbox] == [[opened.lead.email]]
    assert opened.fresh().has_immediate_concern
    page = client.get(f"/audits/submissions/{opened.ref}/").content.decode()
    assert "phone the duty team" in page
    answer_urgent_question(submission=opened.fresh(), is_concern=False, by=opened.second)
    assert opened.fresh().has_immediate_concern


def test_a_statement_of_that_kind_reports_it_too(
    opened: Audit, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    heard = []

    def hear(sender: object, **announced: object) -> None:
        heard.append(announced["about"])

    concern_reported.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(opened.second).post(
                f"/audits/submissions/{opened.ref}/sections/safety/statements/",
                {"statement-kind": "immediate_concern", "statement-text": "He is not seen."},
            )
    finally:
        concern_reported.disconnect(hear)
    assert heard == [opened.submission]
    assert opened.fresh().has_immediate_concern
    assert "He is not seen" not in mail.outbox[0].body


def test_nobody_else_reports_from_the_audit(opened: Audit) -> None:
    for person in (opened.worker, opened.lead, opened.manager):
        with pytest.raises(PermissionDenied):
            answer_urgent_question(submission=opened.fresh(), is_concern=True, by=person)
    assert mail.outbox == []
