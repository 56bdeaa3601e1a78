"""The talk is written by two, by ordinary save: neither passes over what the other saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.submissions.models import Conversation
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(opened: Audit, sign_in: Callable[..., Client]) -> tuple[Client, Client]:
    """Both of the pair, once the questions are agreed."""
    opened.write("lived_experience", saw="She gets herself up.")
    first, second = sign_in(opened.first), sign_in(opened.second)
    first.post(address(opened, "questions/"), {"text": "Why on Fridays?"})
    first.post(address(opened, "questions/agree/"))
    return first, second


def address(audit: Audit, rest: str) -> str:
    return f"/audits/submissions/{audit.ref}/{rest}"


def page_of(client: Client, audit: Audit) -> dict[str, Any]:
    """What the form of the page would send as it stands, with today as its day."""
    form = client.get(address(audit, "conversation/")).context["form"]
    today = timezone.localdate()
    day = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    skipped = ("held_on", "light_bulb_consent")
    texts = {bound.html_name: bound.value() or "" for bound in form if bound.name not in skipped}
    return texts | day | {"participants": ["social_worker"]}


def reason_name(audit: Audit) -> str:
    return f"reason_{audit.submission.questions.get().pk}"


def test_the_second_to_save_sees_both_texts_and_loses_none(opened: Audit, agreed: Any) -> None:
    first, second = agreed
    mine, theirs = page_of(first, opened), page_of(second, opened)
    reason = reason_name(opened)
    first.post(
        address(opened, "conversation/"),
        mine | {"proud_of": "She rang.", reason: "School ends early."},
    )
    clash = second.post(
        address(opened, "conversation/"), theirs | {"in_the_way": "The bus.", reason: "Staffing."}
    )
    assert clash.status_code == 422
    assert "Nothing was overwritten" in clash.text
    talk = Conversation.objects.get()
    assert (talk.proud_of, talk.in_the_way) == ("She rang.", "")
    met = clash.context["form"].data
    second.post(address(opened, "conversation/"), met)
    talk.refresh_from_db()
    assert (talk.proud_of, talk.in_the_way) == ("She rang.", "The bus.")
    assert opened.submission.questions.get().why_decided == "School ends early.\n\nStaffing."


def test_one_who_saves_twice_is_not_stopped(opened: Audit, agreed: Any) -> None:
    first, _ = agreed
    fields = page_of(first, opened) | {"proud_of": "She rang."}
    for _again in range(2):
        assert first.post(address(opened, "conversation/"), fields).status_code == 302
    changed = page_of(first, opened) | {"proud_of": "She rang by herself."}
    assert first.post(address(opened, "conversation/"), changed).status_code == 302
    assert Conversation.objects.get().proud_of == "She rang by herself."


def test_a_talk_is_not_recorded_before_it_was(opened: Audit, agreed: Any) -> None:
    first, _ = agreed
    fields = page_of(first, opened) | {"held_on_year": timezone.localdate().year + 1}
    answer = first.post(address(opened, "conversation/"), fields)
    assert answer.status_code == 422
    assert "lies ahead" in answer.text
    assert not Conversation.objects.exists()


def test_a_new_question_is_no_word_of_the_colleague(opened: Audit, agreed: Any) -> None:
    first, second = agreed
    first.post(address(opened, "conversation/"), page_of(first, opened) | {"proud_of": "She rang."})
    open_page = page_of(first, opened) | {"proud_of": "She rang by herself."}
    second.post(address(opened, "questions/"), {"text": "Who else knows?"})
    assert first.post(address(opened, "conversation/"), open_page).status_code == 302
    assert Conversation.objects.get().proud_of == "She rang by herself."


def test_after_a_refused_gap_the_talk_is_still_saved_to_its_own_page(
    opened: Audit, agreed: Any
) -> None:
    first, _ = agreed
    refused = first.post(address(opened, "gaps/"), {"gap-kind": "visit", "gap-text": ""})
    assert refused.status_code == 422
    assert f'<form action="{address(opened, "conversation/")}"' in refused.text
