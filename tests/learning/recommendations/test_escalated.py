"""Register and desk can be narrowed to what a senior manager was told of (domain.md E5)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import Recommendation
from learning.people.models import StaffMember
from learning.recommendations.follow_up_models import FollowUp
from learning.recommendations.states import Rung
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import Audit

pytestmark = pytest.mark.django_db
LIST, DESK = (
    reverse("recommendations:register"),
    reverse("recommendations_modeladmin_index"),
)


def escalate(row: Recommendation, *, sent: bool = True) -> Recommendation:
    """A senior manager was told that it is late, or is about to be."""
    FollowUp.objects.create(
        recommendation=row,
        rung=Rung.SENIOR,
        for_due_date=row.due_date,
        due_on=row.due_date,
        recipient=row.owner,
        sent_at=timezone.now() if sent else None,
    )
    return row


def late(audit: Audit, state: str = "issued") -> Recommendation:
    return a_recommendation(audit.submission, owner=audit.owner, due_in=-20, state=state)


def listed(client: Client, address: str) -> set[str]:
    page = client.get(address).text
    return {row.ref for row in Recommendation.objects.all() if f"{row.get_absolute_url()}" in page}


def test_only_open_ones_of_which_a_senior_manager_was_told_are_left(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    told = escalate(late(audit))
    escalate(late(audit), sent=False)
    escalate(late(audit, state="completion_confirmed"))
    plain = late(audit)
    lead = sign_in(audit.lead)
    assert len(listed(lead, f"{LIST}?whose=all")) == 4
    narrowed = f"{LIST}?whose=all&escalated=on"
    assert listed(lead, narrowed) == {told.ref}
    assert listed(lead, f"{narrowed}&status=overdue") == {told.ref}
    assert listed(lead, f"{narrowed}&status=on_track") == set()
    assert listed(lead, f"{LIST}?whose=all&escalated=odd") == listed(lead, f"{LIST}?whose=all")
    page = lead.get(narrowed).text
    assert 'name="escalated"' in page and "checked" in page
    assert "checked" not in lead.get(f"{LIST}?whose=all").text
    file = lead.get(reverse("recommendations:download") + "?whose=all&escalated=on").text
    assert told.ref in file and plain.ref not in file
    assert listed(lead, f"{DESK}?escalated=yes") == {told.ref}
    assert plain.ref in listed(lead, f"{DESK}?escalated=no")
    assert told.ref not in listed(lead, f"{DESK}?escalated=no")


def test_narrowing_shows_nobody_more_than_they_may_read(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    told = escalate(late(audit))
    assert listed(sign_in(audit.owner), f"{LIST}?whose=all&escalated=on") == {told.ref}
    director = StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example")
    assert listed(sign_in(director), f"{LIST}?escalated=on") == set()


@pytest.mark.parametrize("address", [f"{LIST}?whose=all&escalated=on", f"{DESK}?escalated=yes"])
def test_its_queries_do_not_grow(
    audit: Audit, sign_in: Callable[..., Client], address: str
) -> None:
    lead = sign_in(audit.lead)
    escalate(late(audit))
    lead.get(address)
    asked = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(address).status_code == 200
        asked.append(len(queries))
        for _more in range(6):
            escalate(late(audit))
    assert asked[0] == asked[1]
