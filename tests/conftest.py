"""The suite's ground: one database with the fictional borough in it, real servers, a real browser."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from learning.people.models import StaffMember
from learning.people.roles import Role
from portal.demo.loader import first_with
from search.ledger.models import LedgerRow
from tests.seed import fresh_database, kept_database
from tests.serving import cloned, served

CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests without a database come first: one worker begins with them while another makes the seed."""
    items.sort(key=_needs_database)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What the house and its libraries hold by now stays: collecting garbage looks through it no more."""
    gc.collect()
    gc.freeze()


def _needs_database(item: pytest.Item) -> bool:
    """Sorting by this keeps the order otherwise, so that the tests of a file stay together."""
    names = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db")) or "django_db_setup" in names


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: Any,
) -> Iterator[None]:
    """The fictional borough in each worker's database (tests/seed.py), drained into the index.

    It is made whatever tests were chosen: those that clone it carry no mark of the database's.
    """
    _drop_own_indices()
    with django_db_blocker.unblock():
        if django_db_keepdb and not django_db_createdb:
            kept_database()
        else:
            fresh_database()
        call_command("search_init", verbosity=0)
        call_command("search_reconcile", fix=True, verbosity=0)  # pages as the code reads them now
        drain_all()
    yield
    _drop_own_indices()


def drain_all(patience: float = 180) -> None:
    """Drain until nothing waits: a server that is busy with another worker may be away for a while."""
    until = time.monotonic() + patience
    while LedgerRow.objects.filter(dirty=True).exists():
        if time.monotonic() > until:
            raise RuntimeError(
                "The index could not be brought up to date: does Elasticsearch answer?"
            )
        time.sleep(1)
        call_command("search_drain", verbosity=0)


def _drop_own_indices() -> None:
    """Remove this worker's indices: those that a run cut off left behind, and at the end its own."""
    if portal_settings.PORTAL_SEARCH_ENGINE == "elasticsearch":
        from search.elastic.building import drop_indices

        drop_indices(f"{portal_settings.PORTAL_SEARCH_INDEX_PREFIX}-*")


@pytest.fixture(autouse=True)
def _fast_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def person(db: None) -> Callable[[Role], StaffMember]:
    """`person(Role.EDITOR)`: who signs in for that role in the borough."""
    return first_with


@pytest.fixture
def stranger(db: None) -> StaffMember:
    """Somebody who signs in and has no role at all."""
    return StaffMember.objects.create_user(
        "stranger@harrowmere.example", "x", first_name="Sam", last_name="Stranger"
    )


@pytest.fixture
def sign_in(db: None) -> Callable[..., Client]:
    """`sign_in(Role.EDITOR)` or `sign_in(person)`: a client signed in as them."""

    def _sign_in(who: Role | StaffMember) -> Client:
        client = Client()
        client.force_login(
            first_with(who) if isinstance(who, Role) else who,
            backend="learning.people.accounts.StaffBackend",
        )
        return client

    return _sign_in


@pytest.fixture
def second_editor(db: None) -> StaffMember:
    """An editor who is not the one of the demonstration."""
    person = StaffMember.objects.create_user(
        "second.editor@harrowmere.example", "x", first_name="Uma", last_name="Second"
    )
    person.groups.add(Group.objects.get(name=Role.EDITOR.label))
    return person


@pytest.fixture
def page_at(db: None) -> Callable[[str], Page]:
    """`page_at("/findings/")`: the page at an address, as its own class."""

    def _page_at(path: str) -> Page:
        return Page.objects.get(url_path=f"/home{path}").specific

    return _page_at


@pytest.fixture
def cloned_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the seeded database, for tests that commit, run threads or serve a browser.

    Nothing of it survives the test, and nothing needs to be flushed.
    """
    with django_db_blocker.unblock(), cloned() as clone:
        yield clone


@pytest.fixture
def portal_server(cloned_database: str) -> Iterator[str]:
    """The portal on a free port of this machine, over a copy of the seeded database."""
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, without a word to the outside."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": CHROMIUM_ARGS,
    }
