"""“This was presented”: the day, the team, how many came and one change, as evidence of dissemination."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit_pages.models import Pack, Presentation, SevenMinuteBriefingPage
from learning.events.models import Event
from learning.people.models import StaffMember, Team
from learning.people.roles import Role

CHANGE = "We ask each child about their mornings before we write a plan."


def _said(**changes: Any) -> dict[str, Any]:
    day = changes.pop("day", timezone.localdate() - timedelta(days=3))
    return {
        "presented_on_day": day.day,
        "presented_on_month": day.month,
        "presented_on_year": day.year,
        "team": Team.objects.first().pk,
        "attended": 12,
        "change": CHANGE,
        **changes,
    }


@pytest.fixture
def recorded(pack: Pack, owner: StaffMember) -> Presentation:
    return Presentation.objects.create(
        pack=pack,
        title=pack.title,
        presented_on=timezone.localdate(),
        team=Team.objects.first(),
        attended=12,
        change=CHANGE,
        recorded_by=owner,
    )


def test_it_is_recorded_shown_on_the_pack_and_kept_when_the_pack_goes(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    client = sign_in(owner)
    path = f"/packs/{pack.pk}/presented/"
    assert path in client.get(f"/packs/{pack.pk}/").text

    shown = client.post(path, _said(), follow=True)

    row = Presentation.objects.get()
    assert shown.redirect_chain[-1][0] == f"/packs/{pack.pk}/"
    assert CHANGE in shown.text
    assert "12 attended" in shown.text
    assert Event.objects.filter(
        action="presentation.recorded", object_id=str(row.pk), actor_id=owner.pk
    ).exists()

    client.post(f"/packs/{pack.pk}/delete/")
    mine = client.get("/packs/").text
    assert "What you presented" in mine
    assert CHANGE in mine
    assert "A day of listening" in mine


def test_few_people_are_not_counted_out(sign_in: Any, owner: StaffMember, pack: Pack) -> None:
    page = sign_in(owner).post(f"/packs/{pack.pk}/presented/", _said(attended=3), follow=True).text

    assert "fewer than 5 attended" in page
    assert "3 attended" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": timezone.localdate() + timedelta(days=2)}, "This day is still to come."),
        ({"attended": 0}, "Enter 1 or more."),
        ({"attended": "many"}, "Enter a whole number."),
        ({"change": " "}, "Write the one change that the team chose."),
        ({"team": ""}, "Choose an answer."),
        ({"team": "999999999999999999999"}, "Choose one that is in the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    sign_in: Any, owner: StaffMember, pack: Pack, changes: dict[str, Any], sentence: str
) -> None:
    answer = sign_in(owner).post(f"/packs/{pack.pk}/presented/", _said(**changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Presentation.objects.exists()


def test_the_words_are_looked_at_and_can_be_changed(
    sign_in: Any, owner: StaffMember, pack: Pack
) -> None:
    client = sign_in(owner)
    named = "We ring Mrs Okonkwo each Monday."
    answer = client.post(f"/packs/{pack.pk}/presented/", _said(change=named), follow=True)

    row = Presentation.objects.get()
    assert row.change == named
    assert answer.redirect_chain[-1][0] == f"/packs/presented/{row.pk}/"
    assert "“Mrs Okonkwo” (name of a person)" in answer.text

    client.post(f"/packs/presented/{row.pk}/", _said(attended=20))
    row.refresh_from_db()
    assert (row.change, row.attended) == (CHANGE, 20)


def test_it_can_be_corrected_after_its_team_was_closed(
    sign_in: Any, owner: StaffMember, recorded: Presentation
) -> None:
    Team.objects.filter(pk=recorded.team_id).update(is_active=False)
    client, path = sign_in(owner), f"/packs/presented/{recorded.pk}/"
    assert f'<option value="{recorded.team_id}" selected' in client.get(path).text
    answer = client.post(path, _said(team=recorded.team_id, change="We ask him first."))
    assert answer.status_code == 302
    recorded.refresh_from_db()
    assert recorded.change == "We ask him first."


def test_a_briefing_leads_to_its_teams_response(sign_in: Any, owner: StaffMember) -> None:
    briefing = SevenMinuteBriefingPage.objects.live().first()
    path = f"/packs/briefings/{briefing.pk}/presented/"
    client = sign_in(owner)
    assert f'href="{path}"' in client.get(briefing.url).text

    client.post(path, _said())

    row = Presentation.objects.get()
    assert (row.briefing_id, row.pack, row.title) == (briefing.pk, None, briefing.title)


def test_a_closed_briefing_is_nobodys_to_record(
    sign_in: Any, owner: StaffMember, close_to_others: Any, finding: Any
) -> None:
    briefing = SevenMinuteBriefingPage.objects.live().first()
    close_to_others(briefing, Role.LEAD_QA)
    client = sign_in(owner)

    for page_id in (briefing.pk, finding.pk, 0):
        assert client.post(f"/packs/briefings/{page_id}/presented/", _said()).status_code == 404
    assert not Presentation.objects.exists()


def test_a_board_member_is_offered_no_response(sign_in: Any) -> None:
    briefing = SevenMinuteBriefingPage.objects.live().first()

    assert "/presented/" not in sign_in(Role.BOARD_MEMBER).get(briefing.url).text


def test_who_has_no_part_in_a_pack_records_and_changes_nothing(
    sign_in: Any, colleague: StaffMember, pack: Pack, recorded: Presentation
) -> None:
    client = sign_in(colleague)

    assert client.post(f"/packs/{pack.pk}/presented/", _said()).status_code == 404
    assert client.get(f"/packs/presented/{recorded.pk}/").status_code == 404
    assert client.post(f"/packs/presented/{recorded.pk}/", _said(attended=99)).status_code == 404
    pack.shared_with.add(colleague)
    assert client.post(f"/packs/presented/{recorded.pk}/", _said(attended=99)).status_code == 404
    assert Presentation.objects.get().attended == 12
    assert client.post(f"/packs/{pack.pk}/presented/", _said()).status_code == 302
    assert Presentation.objects.filter(recorded_by=colleague).count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_leads_and_qa_officers_see_what_was_presented_where(
    sign_in: Any, role: Role, recorded: Presentation
) -> None:
    answer = sign_in(role).get("/packs/presented/")

    may = role in (Role.LEAD_QA, Role.QA_OFFICER)
    assert answer.status_code == (200 if may else 403)
    assert (CHANGE in answer.text) == may
    assert (f"/packs/presented/{recorded.pk}/" in answer.text) is False


def test_a_long_list_asks_no_more(
    sign_in: Any,
    recorded: Presentation,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = sign_in(Role.LEAD_QA)
    for _ in range(40):
        recorded.pk = None
        recorded.save(force_insert=True)
    client.get("/packs/presented/")

    with django_assert_max_num_queries(12):
        assert client.get("/packs/presented/").text.count(CHANGE) == 41


def test_nobody_attends_nothing(recorded: Presentation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Presentation.objects.update(attended=0)
