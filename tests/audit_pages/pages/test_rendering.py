"""Every page type shows itself whole; reading pages stay within their queries."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page

from audit_pages.models import (
    FindingPage,
    GuidancePage,
    ImportedFindingPage,
    ImportedIndexPage,
    ImportedSourcePage,
    ImportedYearPage,
    PublishedPage,
)
from audit_pages.pages.base import ListingMixin
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from home.models import HomePage
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.publishing import checked

pytestmark = pytest.mark.django_db


def page_types() -> list[type[PublishedPage]]:
    """Every page type that can be shown."""
    found, waiting = [], [PublishedPage]
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if not model._meta.abstract and model is not PublishedPage:
            found.append(model)
    return sorted(found, key=lambda model: model.__name__)


@pytest.fixture
def imported(person: Callable[[Role], StaffMember]) -> None:
    """One finding of somebody else's below its source and year, live: the borough has none."""
    above: Any = ImportedIndexPage.objects.get()
    for page in (
        ImportedSourcePage(title="Elsewhere", attribution="Elsewhere", licence="Open"),
        ImportedYearPage(title="2024"),
        ImportedFindingPage(
            title="Plans name no dates",
            reference="E-1",
            source_label="Elsewhere",
            attribution="Elsewhere",
            licence="Open",
            text="<p>Plans name no dates.</p>",
        ),
    ):
        above.add_child(instance=page)
        page.save_revision(user=person(Role.EDITOR))
        checked(page)
        approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.BATCH)
        above = page


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_each_page_type_shows_itself_whole(
    model: type[PublishedPage], imported: None, cycle_page: None, sign_in: Callable[..., Client]
) -> None:
    page = model.objects.live().order_by("-pk").first()
    assert page is not None, f"the borough has no live {model.__name__}"
    answer = sign_in(Role.FRONT_LINE).get(page.get_url())
    html = answer.text
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert "&lt;p" not in html, "markup stands in the text"
    if model is not HomePage:
        assert escape(page.title) in re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)[1]
        assert escape(page.title) in re.sub(r"\s+", " ", heading)
        trail = re.search(r'<nav[^>]*aria-label="Breadcrumb".*?</nav>', html, re.DOTALL)[0]
        for above in page.get_ancestors().filter(depth__gte=2):
            assert f'href="{above.get_url()}"' in trail
    for part in page.shown_parts:
        assert f'id="{part.anchor}"' in html


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_each_page_says_where_it_stands_and_who_answers(
    model: type[PublishedPage], imported: None, cycle_page: None
) -> None:
    """What the templates show comes from the page alone, whatever its type."""
    page = model.objects.live().order_by("-pk").first()
    assert page.kind
    assert page.kind_label
    assert isinstance(page.facts(), list)


SECTIONS = [model for model in page_types() if issubclass(model, ListingMixin)]


@pytest.mark.parametrize("model", SECTIONS, ids=lambda model: model.__name__)
def test_each_section_page_has_what_every_page_has(
    model: type[PublishedPage],
    imported: None,
    cycle_page: None,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    page, client = model.objects.live().order_by("-pk").first(), sign_in(Role.FRONT_LINE)
    owner = person(Role.QA_OFFICER)
    model.objects.filter(pk=page.pk).update(
        content_owner=owner,
        contact="practice@harrowmere.example",
        reviewed_on=date(2024, 2, 3),
        review_due_on=date(2025, 2, 3),
    )
    url = page.get_url()
    html = client.get(url).text
    assert "It was due to be reviewed by 3 February 2025." in html
    assert f"<dd>{escape(str(owner))}</dd>" in html
    assert '<time datetime="2024-02-03">' in html
    assert "practice@harrowmere.example" in html
    bookmark, useful = (
        reverse(f"audit_pages:{way}", args=[page.pk]) for way in ("bookmark", "useful")
    )
    assert f'action="{bookmark}"' in html
    assert f'action="{useful}"' in html
    assert client.post(bookmark, follow=True).redirect_chain[-1][0] == url
    client.post(useful, {"useful": "yes"})
    html = client.get(url).text
    assert "Remove bookmark" in html
    assert f'action="{useful}"' not in html


def queries_of(client: Client, url: str) -> list[str]:
    """The statements of a second look: the first fills what the process keeps."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("model", [GuidancePage, FindingPage], ids=lambda model: model.__name__)
def test_reading_a_page_takes_twelve_queries_at_most_and_none_twice(
    model: type[PublishedPage], sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.FRONT_LINE)
    url = model.objects.live().order_by("pk").first().get_url()
    queries = queries_of(client, url)
    repeated = [sql for sql, times in Counter(queries).items() if times > 1]
    assert len(queries) <= 12, "\n".join(queries)
    assert not repeated, "\n".join(repeated)


@pytest.mark.parametrize("path", ["/", "/findings/", "/letters/", "/guidance/", "/training/"])
def test_lists_repeat_no_query_and_do_not_grow_with_their_pages(
    path: str, sign_in: Callable[..., Client], page_at: Callable[[str], Page]
) -> None:
    queries = queries_of(sign_in(Role.FRONT_LINE), path)
    assert len(queries) <= 20, "\n".join(queries)
    assert len(set(queries)) == len(queries), Counter(queries).most_common(1)
