"""What stands beside a page as related."""

import pytest
from wagtail.models import PageViewRestriction

from learning.people.roles import Role
from search.engines.choosing import Asked
from search.engines.database.engine import DatabaseEngine
from search.suggestions import related
from search.suggestions.related import related_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(monkeypatch, settings):
    """Each question that reaches the engine."""
    settings.PORTAL_SEARCH_ENGINE = "database"
    asked, ask = [], DatabaseEngine.related
    monkeypatch.setattr(
        DatabaseEngine, "related", lambda self, *given: asked.append(given) or ask(self, *given)
    )
    return asked


@pytest.fixture
def page(page_at):
    return page_at("/findings/fathers-asked-early-mostly-say-yes/")


def test_the_engine_is_asked_once_for_readers_of_the_same(person, page, questions):
    reader = person(Role.FRONT_LINE)
    first = related_pages(page, reader, 5)
    assert first and related_pages(page, reader, 5) == first
    assert len(questions) == 1
    related_pages(page, person(Role.EDITOR), 5)
    assert len(questions) == 2


def test_a_page_closed_since_is_left_out_though_the_answer_is_kept(person, page, questions):
    near = related_pages(page, person(Role.FRONT_LINE), 5)[0]
    PageViewRestriction.objects.create(
        page_id=near.page_id, restriction_type=PageViewRestriction.GROUPS
    )
    reader = type(person(Role.FRONT_LINE)).objects.get(pk=person(Role.FRONT_LINE).pk)
    assert near not in related_pages(page, reader, 5)
    assert len(questions) == 1


def test_what_stood_in_for_the_engine_is_not_kept(person, page, monkeypatch):
    answers = iter([Asked([], stood_in=True), Asked([page.pk])])
    monkeypatch.setattr(related, "ask", lambda question: next(answers))
    reader = person(Role.FRONT_LINE)
    assert related_pages(page, reader, 5) == []
    assert [near.page_id for near in related_pages(page, reader, 5)] == [page.pk]
