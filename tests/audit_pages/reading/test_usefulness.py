"""What readers say of a page reaches its writers without names, and small numbers stay hidden."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from audit_pages.reading.selectors import usefulness
from audit_pages.reading.services import answer_useful
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db


def readers(count: int) -> list[StaffMember]:
    return list(StaffMember.objects.order_by("pk")[:count])


def report(client: Client) -> str:
    return client.get(reverse("usefulness")).content.decode()


def test_an_answer_takes_the_place_of_the_first(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page = page_at("/guidance/ground-rules/")
    client = sign_in(Role.FRONT_LINE)
    for answer in ("yes", "no"):
        client.post(reverse("audit_pages:useful", args=[page.pk]), {"useful": answer})
    body = client.get(page.get_url()).content.decode()
    assert "Thank you" in body
    assert 'name="useful"' not in body


def test_few_answers_are_not_shown(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page = page_at("/guidance/ground-rules/")
    for person in readers(4):
        answer_useful(person=person, page=page, was_useful=True)
    assert "Too few answers to show" in report(sign_in(Role.EDITOR))


def test_a_small_rest_is_not_to_be_got_by_subtracting(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page = page_at("/guidance/ground-rules/")
    for number, person in enumerate(readers(12)):
        answer_useful(person=person, page=page, was_useful=number > 0)
    assert "11 of 12" not in report(sign_in(Role.EDITOR))
    for person in readers(6):
        answer_useful(person=person, page=page, was_useful=False)
    assert "Useful to 6 of 12 readers" in report(sign_in(Role.EDITOR))


def test_the_report_is_for_those_who_write(sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.EDITOR).get(reverse("usefulness")).status_code == 200
    assert sign_in(Role.AUDIT_ADMIN).get(reverse("usefulness")).status_code in (302, 403)


def test_the_desk_is_refused_and_not_sent_round_in_circles(sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.FRONT_LINE).get("/admin/").status_code == 403


def test_the_order_of_the_list_tells_nothing_that_is_not_shown(
    page_at: Callable[[str], Page],
) -> None:
    shown, hidden = page_at("/guidance/ground-rules/"), page_at("/guidance/")
    for number, person in enumerate(readers(12)):
        answer_useful(person=person, page=shown, was_useful=number < 6)
    for was_useful in (True, False):
        for person in readers(4):
            answer_useful(person=person, page=hidden, was_useful=was_useful)
        assert [row.page.pk for row in usefulness()] == [shown.pk, hidden.pk]
