"""Consent, the page without names, and taking the consent back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from audit_pages.models import Approval, LetterPage
from audit_pages.publishing.models import NotApproved
from audit_pages.publishing.services import approve_and_publish
from learning.letters.states import LetterState
from learning.models import GoodPracticeLetter
from learning.people.roles import Role
from tests.learning.audit import a_letter
from tests.learning.letters.conftest import CANARY, PARTS, Cast, url
from tests.publishing import checked

pytestmark = pytest.mark.django_db


def page_of(letter: GoodPracticeLetter) -> LetterPage:
    return LetterPage.objects.get(page_ptr=letter.page)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`later(80)`: so many days have gone by; the day on which a letter was sent never changes."""
    began = timezone.now()

    def _later(days: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: began + timedelta(days=days))

    return _later


def write_page(page: LetterPage, cast: Cast) -> None:
    """Words of a person, as the editor's desk saves them."""
    page.summary = page.what_you_did = "A call that was returned on the same day."
    page.save_revision(user=cast.lead)


def publish(page: LetterPage, cast: Cast) -> None:
    """By a second person, after the disclosure check of a third."""
    checked(page, by=cast.officer)
    approve_and_publish(page=page, approved_by=cast.second_lead, route=Approval.Route.WORKFLOW)


def test_the_worker_alone_answers(
    sent: GoodPracticeLetter, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    for somebody in (cast.manager, cast.lead, cast.senior, cast.officer):
        answer = sign_in(somebody).post(url("answer", sent), {"may_share": "yes"})
        assert answer.status_code == 403, somebody
    worker = sign_in(cast.worker)
    assert worker.post(url("answer", sent), {"may_share": ""}).status_code == 422
    assert 'value="yes" checked' not in worker.get(url("answer", sent)).text
    worker.post(url("answer", sent), {"may_share": "no"})
    assert GoodPracticeLetter.objects.get().state == LetterState.DECLINED
    worker.post(url("answer", sent), {"may_share": "yes"})
    assert GoodPracticeLetter.objects.get().state == LetterState.CONSENTED


def test_without_a_yes_no_page_begins(
    sent: GoodPracticeLetter, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    pages = LetterPage.objects.count()
    lead = sign_in(cast.lead)
    lead.post(url("begin_page", sent))
    sign_in(cast.worker).post(url("answer", sent), {"may_share": "no"})
    lead.post(url("begin_page", sent))
    assert LetterPage.objects.count() == pages
    assert GoodPracticeLetter.objects.get().page is None


def test_editors_read_while_the_consent_stands_and_information_governance_never(
    sent: GoodPracticeLetter, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    editor, governance = sign_in(Role.EDITOR), sign_in(Role.INFORMATION_GOVERNANCE)
    worker = sign_in(cast.worker)

    def answers(client: Client) -> list[int]:
        return [client.get(url(name, sent)).status_code for name in ("show", "frame")]

    assert answers(editor) == [404, 404], "not before the worker's yes"
    assert "editors can read it too" in worker.get(url("answer", sent)).text
    worker.post(url("answer", sent), {"may_share": "yes"})
    assert answers(editor) == [200, 200]
    assert PARTS["thanks"] in editor.get(url("show", sent)).text
    assert answers(governance) == [404, 404]
    assert sent.ref not in governance.get("/audits/letters/").text
    worker.post(url("withdraw", sent))
    assert answers(editor) == [404, 404]
    assert sent.ref not in editor.get("/audits/letters/").text


def test_the_page_begins_empty_with_the_quarter_alone(shared: GoodPracticeLetter) -> None:
    page = page_of(shared)
    assert not page.live
    assert page.quarter == "2031-Q1"
    words = [page.summary, page.what_you_did, page.what_the_child_experienced, page.thanks]
    assert not any([*words, page.what_others_can_learn])
    assert shared.ref not in page.slug + page.title


def test_it_is_not_out_before_its_time(
    shared: GoodPracticeLetter, cast: Cast, later: Callable[[int], None]
) -> None:
    write_page(page_of(shared), cast)
    with pytest.raises(NotApproved, match="may be published from"):
        publish(page_of(shared), cast)
    later(80)
    with pytest.raises(NotApproved, match="may be published from"):
        publish(page_of(shared), cast)
    later(95)
    publish(page_of(shared), cast)
    assert page_of(shared).live


def test_taking_the_consent_back_takes_the_page_down_at_once_and_for_good(
    shared: GoodPracticeLetter,
    cast: Cast,
    sign_in: Callable[..., Client],
    later: Callable[[int], None],
) -> None:
    write_page(page_of(shared), cast)
    later(95)
    publish(page_of(shared), cast)
    address = page_of(shared).url
    reader, worker = sign_in(Role.FRONT_LINE), sign_in(cast.worker)
    assert "returned on the same day" in reader.get(address).text
    for somebody in (cast.manager, cast.lead, cast.senior):
        assert sign_in(somebody).post(url("withdraw", shared)).status_code == 403
    assert "Take your consent back?" in worker.get(url("withdraw", shared)).text
    assert page_of(shared).live, "asking is not yet taking back"

    assert worker.post(url("withdraw", shared)).status_code == 302
    page = page_of(shared)
    assert not page.live
    assert "returned" not in page.summary + page.what_you_did
    assert reader.get(address).status_code == 404
    assert not Revision.page_revisions.filter(object_id=str(page.pk)).exists()
    assert worker.get(url("show", shared)).status_code == 200, "the letter stays the worker's"

    write_page(page, cast)
    with pytest.raises(NotApproved, match="consent does not stand"):
        publish(page_of(shared), cast)
    sign_in(cast.worker).post(url("answer", shared), {"may_share": "yes"})
    assert GoodPracticeLetter.objects.get().state == LetterState.WITHDRAWN


def test_before_there_is_a_page_consent_is_taken_back_as_well(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    letter = a_letter(cast.submission, writer=cast.senior, state=LetterState.CONSENTED)
    sign_in(cast.worker).post(url("withdraw", letter))
    assert GoodPracticeLetter.objects.get().state == LetterState.WITHDRAWN


def test_the_private_words_stand_in_their_table_alone(
    shared: GoodPracticeLetter, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    found = {model._meta.label for model in apps.get_models() if _holds_canary(model)}
    assert found == {"learning.GoodPracticeLetter"}
    for who in (Role.LEAD_QA, Role.FRONT_LINE, Role.EDITOR):
        client = sign_in(who)
        for path in ("/", "/my/my-work/", "/audits/letters/", f"/search/?q={CANARY[:8]}"):
            assert CANARY not in client.get(path, follow=True).text, (who, path)


def _holds_canary(model: type[models.Model]) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField)
    names = [field.name for field in model._meta.local_fields if isinstance(field, texts)]
    rows: Any = model._base_manager.values_list(*names) if names else []
    return any(CANARY in str(row) for row in rows)
