"""Two auditors save 200 times each, at once, over a slow and failing database: no word is lost."""

import threading
import time
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client

from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions import writing
from learning.submissions.models import EntryVersion, SectionEntry
from learning.submissions.opening import open_case
from portal.demo.loader import first_with
from tests.learning.submissions.conftest import Audit, an_audit

SAVES = 200
PATIENCE = 180


class Writer(threading.Thread):
    """One auditor's browser: types a word, saves, tries again when that failed, keeps both when both wrote."""

    def __init__(self, audit: Audit, person: StaffMember, name: str) -> None:
        super().__init__(daemon=True)
        self.url = f"/audits/submissions/{audit.ref}/sections/voice/"
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person, backend="learning.people.accounts.StaffBackend")
        self.words = [f"{name}{number}." for number in range(SAVES)]
        self.version, self.text = 0, ""
        self.clashes = self.failures = 0

    def run(self) -> None:
        try:
            for word in self.words:
                self.text = f"{self.text} {word}"
                self.save_until_it_stands()
        finally:
            connections.close_all()

    def save_until_it_stands(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            fields = {"base_version": self.version, "saw": self.text}
            answer = self.client.post(f"{self.url}save/", fields)
            if answer.status_code == 200:
                state = answer.json()
                self.version, self.text = state["version"], state["parts"]["saw"]
                return
            if answer.status_code == 409 and self.keep_both():
                return
            self.failures += answer.status_code >= 500
        raise AssertionError("It could not be saved.")

    def keep_both(self) -> bool:
        """Sends the form of the page with both texts; whether that stood."""
        self.clashes += 1
        page = self.client.post(self.url, {"base_version": self.version, "saw": self.text})
        if page.status_code != 409:
            return self.read_again(page.status_code == 302)
        base = _hidden(page.content.decode(), "base_version")
        fields = {"base_version": base, "saw": self.text, "clashing": "saw", "keep": "both"}
        return self.read_again(self.client.post(self.url, fields).status_code == 302)

    def read_again(self, has_saved: bool) -> bool:
        """The section as it stands now, as the page after a save shows it; it may hold the colleague's next."""
        if has_saved:
            state = self.client.post(f"{self.url}here/").json()
            self.version, self.text = state["version"], state["parts"]["saw"]
        return has_saved


def _hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


@pytest.fixture
def audit(cloned_database: str, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        audit = an_audit(first_with(Role.LEAD_QA))
        open_case(submission=audit.submission, opened_by=audit.first)
        open_case(submission=audit.submission, opened_by=audit.second)
        yield audit


@pytest.fixture
def bad_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth save takes a while, and every seventh fails after it has written."""
    write, count = writing._write, iter(range(10**6))

    def _write(*args: Any) -> None:
        number = next(count)
        if number % 5 == 0:
            time.sleep(0.01)
        write(*args)
        if number % 7 == 3:
            raise DatabaseError("the connection is gone")

    monkeypatch.setattr(writing, "_write", _write)


def test_no_word_is_lost(audit: Audit, bad_database: None) -> None:
    writers = [Writer(audit, audit.first, "first"), Writer(audit, audit.second, "second")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE * 2)
    entry = SectionEntry.objects.get(submission=audit.submission, section__key="voice")
    standing = set(entry.saw.split())
    lost = [word for writer in writers for word in writer.words if word not in standing]
    assert lost == []
    assert len(entry.saw.split()) == len(standing)  # and none stands twice
    assert sum(writer.failures for writer in writers) > 10
    assert sum(writer.clashes for writer in writers) > 10
    numbers = list(EntryVersion.objects.filter(entry=entry).values_list("number", flat=True))
    assert numbers == list(range(1, entry.version + 1))
