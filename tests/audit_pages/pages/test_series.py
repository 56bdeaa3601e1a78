"""Previous and next in a series, as far as the reader may see it."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from audit_pages.models import GuidancePage, QuarterlyLearningPage
from learning.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> list[GuidancePage]:
    """The first guidance pages, in the order of the tree."""
    return list(GuidancePage.objects.live().order_by("path")[:4])


def beside(client: Client, page: Page) -> tuple[str, str]:
    """Where the page leads back to and on to; empty where it leads nowhere."""
    context = client.get(page.get_url()).context
    return tuple(getattr(context[name], "url", "") or "" for name in ("previous_page", "next_page"))  # type: ignore[return-value]


def test_a_page_leads_back_and_on(
    series: list[GuidancePage], sign_in: Callable[..., Client]
) -> None:
    client, urls = sign_in(Role.FRONT_LINE), [page.get_url() for page in series]
    assert beside(client, series[0]) == ("", urls[1])
    assert beside(client, series[1]) == (urls[0], urls[2])
    last = GuidancePage.objects.live().order_by("path").last()
    assert beside(client, last)[0] and beside(client, last)[1] == ""


def test_closed_and_withdrawn_pages_are_passed_over(
    series: list[GuidancePage], sign_in: Callable[..., Client]
) -> None:
    PageViewRestriction.objects.create(page=series[1], restriction_type=PageViewRestriction.GROUPS)
    Page.objects.filter(pk=series[2].pk).update(live=False)
    client = sign_in(Role.FRONT_LINE)
    assert beside(client, series[0]) == ("", series[3].get_url())
    assert beside(client, series[3])[0] == series[0].get_url()


def test_quarters_follow_each_other_by_their_quarter(sign_in: Callable[..., Client]) -> None:
    quarters = list(QuarterlyLearningPage.objects.live().order_by("quarter"))
    client = sign_in(Role.FRONT_LINE)
    assert beside(client, quarters[1]) == (quarters[0].get_url(), quarters[2].get_url())
