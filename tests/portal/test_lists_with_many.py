"""No page of the audit asks the database more because there is more: 200 audits and what hangs on them.

Every address that the permission matrix knows is asked by everybody who may, first with a handful of
everything and then with two hundred. A page that asks more the second time looks something up row by row.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.models import AuditCycle, AuditSubmission, Recommendation, StaffMember
from learning.reports.board_models import Board
from tests.portal.addresses import addresses_that_are_read
from tests.portal.many import Crowd, add_audits, add_cycles
from tests.portal.test_permissions import expected

pytestmark = pytest.mark.django_db

FEW, MANY = 26, 200
MOST_QUERIES = 60
"""What any page may ask, whoever looks and however much there is."""

ROWS_AT_ONCE = 100
"""So many references a page may name: fifty rows, each with the audit that it is out of."""

OF_THE_AUDIT = ("/audits/", "/my/my-work/", "/evidence/")
REGISTER = "_modeladmin_index"
TAKES_LONG = ("reports:download_pdf", "reports:download_docx")
"""Asked by one person only."""

REFERENCE = re.compile(r"2031-Q1-[A-Z]+-\d+")

Asked = dict[tuple[str, str], int]


@pytest.fixture
def addresses(address_of: Callable[[str, str], Any]) -> dict[str, str]:
    """Every address of the audit that is read, by its name."""
    found = addresses_that_are_read(address_of)
    return {
        name: path
        for name, path in found.items()
        if path.startswith(OF_THE_AUDIT) or name.endswith(REGISTER)
    }


@pytest.fixture
def crowd(addresses: dict[str, str], members: dict[str, StaffMember]) -> Crowd:
    """Those around the one audit that the addresses speak of, of which there are then a few more."""
    crowd = Crowd.of(members)
    AuditCycle.objects.update(lead=crowd.lead, administrator=members["audit_admin"])
    Board.objects.get(name="Board 1").members.add(crowd.senior)
    add_audits(AuditCycle.objects.get(), crowd, FEW, "a")
    add_cycles(crowd, 2040, 2)
    return crowd


@contextmanager
def put_back() -> Iterator[None]:
    """What a look changes, such as a letter that was read, is as before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def queries_of(client: Client, path: str) -> tuple[int, Any]:
    """How many queries the page takes, and the page."""
    connection.queries_log.clear()  # it holds 9,000, and more of them would count as none
    with put_back(), CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return len(captured), answer


def who_gets_in(name: str, clients: dict[str, Client]) -> dict[str, Client]:
    """Those whom the matrix lets in; one of them where a page takes long to make."""
    found = {who: client for who, client in clients.items() if expected(name, who)}
    return dict(islice(found.items(), 1 if name in TAKES_LONG else None))


def asked_with_few(addresses: dict[str, str], clients: dict[str, Client]) -> Asked:
    """The queries of each page, by its name and by who asked, in a process that is warm: the first who gets
    in warms the page up for all."""
    found: Asked = {}
    for name, path in addresses.items():
        clients_inside = who_gets_in(name, clients)
        for client in islice(clients_inside.values(), 1):
            queries_of(client, path)
        for who, client in clients_inside.items():
            queries, answer = queries_of(client, path)
            if answer.status_code == 200:
                found[name, who] = queries
    return found


def rows_in(answer: Any) -> int:
    """How many audits, recommendations or letters the page names."""
    if not answer["Content-Type"].startswith("text/html"):
        return 0
    return len(set(REFERENCE.findall(answer.content.decode())))


def test_two_hundred_audits_bring_no_more_queries(
    addresses: dict[str, str], clients: dict[str, Client], crowd: Crowd
) -> None:
    with_few = asked_with_few(addresses, clients)
    add_audits(AuditCycle.objects.get(ref="2031-Q1"), crowd, MANY - FEW, "b")
    add_cycles(crowd, 2050, 12)
    assert AuditSubmission.objects.count() > MANY
    assert Recommendation.objects.count() > MANY
    wrong = []
    for (name, who), few in with_few.items():
        many, answer = queries_of(clients[who], addresses[name])
        if many > few or many > MOST_QUERIES:
            wrong.append(f"{name} as {who}: {few} queries with {FEW} audits, {many} with {MANY}")
        if rows_in(answer) > ROWS_AT_ONCE:
            wrong.append(f"{name} as {who} shows {rows_in(answer)} rows at once")
    assert len(with_few) > 250
    assert {
        ("home:my_work", who) for who in ("lead_qa", "AUDITOR", "LINE_MANAGER")
    } <= with_few.keys()
    assert not wrong, "\n".join(wrong)
