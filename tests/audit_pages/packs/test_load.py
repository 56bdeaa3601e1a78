"""How many queries the pages ask, and two people at once."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from audit_pages.models import FindingPage, LetterPage, Pack, Slide
from audit_pages.packs import services
from learning.people.models import StaffMember


def _queries(client: Client, path: str, count: Any) -> int:
    client.get(path)
    with count(connection) as asked:
        assert client.get(path).status_code == 200
    statements = [query["sql"] for query in asked]
    assert len(statements) == len(set(statements)), "a query is repeated"
    return len(statements)


@pytest.fixture
def count() -> Any:
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext


def test_the_list_asks_the_same_for_many_packs(
    sign_in: Any, owner: StaffMember, colleague: StaffMember, count: Any
) -> None:
    client = sign_in(owner)
    services.start_pack(owner=owner)
    few = _queries(client, "/packs/", count)
    for _ in range(8):
        services.add_slide(pack=services.start_pack(owner=owner), kind=Slide.Kind.OWN)
        services.start_pack(owner=colleague).shared_with.add(owner)

    assert _queries(client, "/packs/", count) == few
    assert few <= 12


def test_the_builder_asks_the_same_for_many_slides(
    sign_in: Any, owner: StaffMember, pack: Pack, count: Any
) -> None:
    client = sign_in(owner)
    services.add_page(pack=pack, page=FindingPage.objects.live().first())
    few = _queries(client, f"/packs/{pack.pk}/", count)
    for page in [*FindingPage.objects.live()[1:12], *LetterPage.objects.live()[:6]]:
        services.add_page(pack=pack, page=page)
    services.add_slide(pack=pack, kind=Slide.Kind.PLEDGE)

    assert _queries(client, f"/packs/{pack.pk}/", count) <= few
    assert few <= 12


def test_moves_at_once_leave_every_slide_once_in_order(cloned_database: str) -> None:
    """Six threads move slides up and down while one takes out and puts back; a real database decides."""
    owner = StaffMember.objects.first()
    pack = services.start_pack(owner=owner)
    slides = [services.add_slide(pack=pack, kind=Slide.Kind.OWN) for _ in range(8)]
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(6):
                slide = Slide.objects.select_related("pack").get(
                    pk=slides[(number * 3 + turn) % 8].pk
                )
                if number == 0:
                    services.put_back_slide(slide=services.remove_slide(slide=slide))
                else:
                    services.move_slide(slide=slide, by=-1 if (number + turn) % 2 else 2)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    rows = list(
        Slide.objects.filter(pack=pack).order_by("order").values_list("order", "removed_at")
    )
    assert rows == [(place, None) for place in range(1, 9)]


def test_an_item_added_twice_at_once_is_there_once(cloned_database: str) -> None:
    pack = services.start_pack(owner=StaffMember.objects.first())
    page = FindingPage.objects.live().first()
    barrier = threading.Barrier(4)

    def add() -> None:
        barrier.wait()
        services.add_page(pack=pack, page=page)
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert pack.slides.count() == 1
