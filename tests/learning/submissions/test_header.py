"""The header of an audit: two bands and what was read, asked of the pair and shown to whoever reads (D1)."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from learning.events.models import Event
from learning.submissions.submitting import fingerprint
from tests.learning.submissions.conftest import Audit
from tests.learning.submissions.test_thin_line import Desk, talk, write_everything
from tests.learning.submissions.test_who_may import State, in_state

pytestmark = pytest.mark.django_db
SAID = {
    "age_band": "5-9",
    "months_open": "6-11",
    "sources_read": ["plans", "record"],
}


@pytest.fixture
def pair(opened: Audit, sign_in: Callable[..., Client]) -> Desk:
    return Desk(opened, sign_in(opened.first))


def words_of(desk: Desk, rest: str = "") -> str:
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", desk.get(rest))))


def test_the_pair_says_it_and_readers_see_it_with_the_route(
    pair: Desk, sign_in: Callable[..., Client]
) -> None:
    assert "Not said yet: age band, open for, sources read" in words_of(pair)
    pair.post("about/", **SAID)
    assert "Not said yet" not in words_of(pair)
    in_state(pair.audit, State.SUBMITTED)
    read = words_of(Desk(pair.audit, sign_in(pair.audit.lead)), "read/")
    for words in (
        "Age band 5–9",
        "Open for 6 to 11 months",
        "Sources read Record, Plans",
        "How it was selected Random",
    ):
        assert words in read
    assert Event.objects.filter(action="auditsubmission.described").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"age_band": "7"}, {"months_open": "4"}, {"sources_read": ["her mother"]}]
)
def test_nothing_but_the_bands_is_taken(pair: Desk, wrong: dict[str, object]) -> None:
    pair.post("about/", 422, **(SAID | wrong))
    assert pair.audit.fresh().age_band == ""


def test_without_it_the_pair_is_reminded_and_may_submit(
    pair: Desk, sign_in: Callable[..., Client]
) -> None:
    write_everything(pair)
    talk(pair)
    pair.post("urgent/", is_concern="no")
    pair.post("about/", **(SAID | {"months_open": ""}))
    assert "it helps whoever reads: open for." in words_of(pair, "confirm/")
    for person in (pair.audit.first, pair.audit.second):
        Desk(pair.audit, sign_in(person)).post("confirm/", hints_reason="The dates matter.")
    assert pair.audit.fresh().state == State.SUBMITTED


def test_it_is_part_of_what_both_confirm(pair: Desk) -> None:
    before = fingerprint(pair.audit.fresh())
    pair.post("about/", **SAID)
    said = fingerprint(pair.audit.fresh())
    pair.post("about/", **(SAID | {"sources_read": ["plans"]}))
    assert len({before, said, fingerprint(pair.audit.fresh())}) == 3


def test_it_stays_as_it_was_submitted(pair: Desk, sign_in: Callable[..., Client]) -> None:
    pair.post("about/", **SAID)
    in_state(pair.audit, State.SUBMITTED)
    assert "cannot be written in now" in words_of(pair, "about/")
    pair.post("about/", 422, **(SAID | {"age_band": "0-1"}))
    assert pair.audit.fresh().age_band == "5-9"
    lead = sign_in(pair.audit.lead)
    assert lead.post(pair.url("about/"), SAID).status_code == 404


def page_as_shown(client: Client, audit: Audit) -> dict[str, object]:
    """What the form of the page would send as it stands."""
    form = client.get(f"/audits/submissions/{audit.ref}/about/").context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


def test_the_second_to_save_sees_both_choices_and_loses_none(
    pair: Desk, sign_in: Callable[..., Client]
) -> None:
    audit, second = pair.audit, Desk(pair.audit, sign_in(pair.audit.second))
    mine, theirs = page_as_shown(pair.client, audit), page_as_shown(second.client, audit)
    pair.post("about/", **(mine | {"age_band": "5-9", "sources_read": ["plans"]}))
    late = theirs | {"age_band": "0-1", "months_open": "6-11", "sources_read": ["record"]}
    clash = second.client.post(second.url("about/"), late)
    assert clash.status_code == 422
    said = unescape(clash.text)
    assert "Nothing was overwritten" in said
    assert re.search("Your colleague chose: 5.9. You chose: ", said)
    assert "Your colleague chose: Plans. You chose: Record." in said
    kept = audit.fresh()
    assert (kept.age_band, kept.months_open, kept.sources_read) == ("5-9", "", ["plans"])

    met = clash.context["form"].data
    assert set(met.getlist("sources_read")) == {"plans", "record"}
    second.client.post(second.url("about/"), dict(met.lists()))
    kept = audit.fresh()
    assert (kept.age_band, kept.months_open) == ("5-9", "6-11")
    assert set(kept.sources_read) == {"plans", "record"}


def test_one_who_saves_the_header_twice_is_not_stopped(pair: Desk) -> None:
    shown = page_as_shown(pair.client, pair.audit)
    for _again in range(2):
        pair.post("about/", **(shown | SAID))
    changed = page_as_shown(pair.client, pair.audit) | {"age_band": "0-1"}
    pair.post("about/", **changed)
    assert pair.audit.fresh().age_band == "0-1"
