"""A session ends after an idle time, and reading keeps it alive without a write each time."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from learning.people.roles import Role

pytestmark = pytest.mark.django_db


def test_reading_moves_the_end_of_the_session_now_and_then(
    sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(Role.FRONT_LINE)
    client.get("/my/bookmarks/")
    first = Session.objects.get(pk=client.session.session_key)
    client.get("/my/bookmarks/")
    assert Session.objects.get(pk=first.pk).expire_date == first.expire_date, "no write in between"
    session = client.session
    session["seen_at"] -= 301
    session.save()
    before = Session.objects.get(pk=first.pk).expire_date
    client.get("/my/bookmarks/")
    assert Session.objects.get(pk=first.pk).expire_date > before
