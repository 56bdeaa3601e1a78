"""What is written in a submission stays in it: no index, log, e-mail, address, cache or page of others."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import models
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.feedback.states import FeedbackState
from learning.people.roles import Role
from search.ledger.models import LedgerRow
from tests.learning.audit import a_family_feedback
from tests.learning.submissions.conftest import Audit
from tests.learning.submissions.test_thin_line import Desk

pytestmark = pytest.mark.django_db
CANARY = "zirrowquail"
OWN_TABLES = {
    "learning.SectionEntry",
    "learning.EntryVersion",
    "learning.EvaluativeStatement",
    "learning.MorningText",
    "learning.ConversationQuestion",
    "learning.Conversation",
    "learning.RecordingGap",
    "learning.SubmitConfirmation",
    "learning.QualityAssuranceReview",
    "learning.WorkerReply",
    "learning.Addendum",
}
"""The tables that hold the text of submissions, and no others."""


@pytest.fixture
def sung(opened: Audit, sign_in: Callable[..., Client], caplog: Any) -> Audit:
    """A submission with the canary in every field that can be typed in, refused ones too."""
    caplog.set_level(logging.DEBUG)
    pair, lead = Desk(opened, sign_in(opened.first)), Desk(opened, sign_in(opened.lead))
    second, worker = Desk(opened, sign_in(opened.second)), Desk(opened, sign_in(opened.worker))
    boxes = {name: f"{CANARY} {name}, which means much" for name in BOXES}
    for section in opened.submission.form.sections.filter(areas=None).exclude(key__in=ELSEWHERE):
        pair.save(section.key, **boxes)
    pair.save("overall", 422, means=f"{CANARY} is outstanding. Practice is outstanding.")
    pair.post("sections/voice/", 409, base_version=0, saw=f"{CANARY} clash")
    statement = {"statement-kind": "mixed", "statement-text": CANARY}
    pair.post("sections/voice/statements/", **statement)
    pair.post("questions/", text=CANARY)
    pair.post("questions/agree/")
    question = opened.submission.questions.get()
    day = {"held_on_day": 3, "held_on_month": 2, "held_on_year": 2026}
    talk = dict.fromkeys(("proud_of", "in_the_way", "light_bulb"), CANARY)
    pair.post(
        "conversation/",
        participants=["social_worker"],
        **day,
        **talk,
        **{f"reason_{question.pk}": CANARY},
    )
    pair.post("gaps/", **{"gap-kind": "visit", "gap-text": CANARY})
    pair.post("urgent/", is_concern="yes")
    for auditor in (pair, second):
        auditor.post("confirm/", hours="2", hints_reason=CANARY)
    lead.post("review/", outcome="send_back", words=CANARY)
    for auditor in (pair, second):
        auditor.post("confirm/", hours="2", hints_reason=CANARY)
    lead.post("review/", outcome="sign_off", words=CANARY)
    lead.post("share/")
    worker.post("reply/", facts=CANARY, reflection=CANARY)
    a_family_feedback(opened.submission, "declined")
    a_family_feedback(opened.submission, FeedbackState.DECLINED)
    lead.post("complete/")
    lead.post("lock/")
    pair.post("addendum/", text=CANARY, reason=CANARY)
    return opened


BOXES = ("saw", "means", "to_ask", "learned", "agreed")
ELSEWHERE = ("conversation", "family_feedback", "actions", "urgent")


def test_it_stands_in_its_own_tables_and_nowhere_else_in_the_database(sung: Audit) -> None:
    found = {model._meta.label for model in apps.get_models() if _holds_canary(model)}
    assert found == OWN_TABLES


def _holds_canary(model: type[models.Model]) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField)
    names = [field.name for field in model._meta.local_fields if isinstance(field, texts)]
    return (
        any(CANARY in str(row) for row in model._base_manager.values_list(*names))
        if names
        else False
    )


def test_it_is_in_no_mail_log_event_or_cache(sung: Audit, caplog: Any) -> None:
    assert len(mail.outbox) > 4
    sent = [message.subject + message.body + str(message.to) for message in mail.outbox]
    assert not any(CANARY in text for text in sent)
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    logged = [record.getMessage() for record in records if record.name != "django.db.backends"]
    assert logged
    assert not any(CANARY in line for line in logged)
    for rows in (Event, AccessEvent, LedgerRow, PageLogEntry, Revision):
        assert not any(CANARY in str(row) for row in rows.objects.values_list())
    assert CANARY not in str(getattr(cache, "_cache", ""))


@pytest.mark.parametrize("url", ["/", "/my/my-work/", "/audits/submissions/", "/audits/"])
@pytest.mark.parametrize("who", [Role.LEAD_QA, Role.FRONT_LINE, Role.EDITOR])
def test_no_page_of_others_shows_it(
    sung: Audit, sign_in: Callable[..., Client], url: str, who: Role
) -> None:
    assert CANARY not in sign_in(who).get(url, follow=True).content.decode()


def test_search_does_not_find_it(sung: Audit, sign_in: Callable[..., Client]) -> None:
    answer = sign_in(Role.LEAD_QA).get("/search/", {"q": "which means much"})
    assert CANARY not in answer.content.decode()
    suggestions = sign_in(Role.LEAD_QA).get("/search/suggest/", {"q": CANARY[:6]})
    assert CANARY not in suggestions.content.decode()


def test_its_pages_are_not_kept_by_browsers_and_no_address_names_it(
    sung: Audit, sign_in: Callable[..., Client]
) -> None:
    answer = sign_in(sung.lead).get(f"/audits/submissions/{sung.ref}/read/")
    assert CANARY in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
