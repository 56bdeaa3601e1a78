"""Somebody who reads, signed in; and what one request of theirs asks the database."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.people.models import StaffMember
from learning.people.roles import Role
from portal.demo.loader import first_with


@dataclass(frozen=True)
class Asked:
    """One answer: its body, how many queries it took, and how many of them were asked before."""

    body: bytes
    queries: int
    repeated: int


def reader() -> StaffMember:
    return first_with(Role.FRONT_LINE)


def signed_in_client() -> Client:
    """A client of the reader's, as one would ask this machine."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader(), backend="learning.people.accounts.StaffBackend")
    return client


def cookie_of(client: Client) -> str:
    """What to send along to be this client."""
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def ask(client: Client, path: str) -> Asked:
    """The answer to a request that a warm process serves."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    times = Counter(query["sql"] for query in captured.captured_queries)
    return Asked(answer.content, times.total(), times.total() - len(times))
