"""What happens to a page reaches the index within one drain, in the engine that is set."""

import pytest
from wagtail.models import PageViewRestriction

from audit_pages.publishing.readers import tokens_of
from learning.people.roles import Role
from search.engines.choosing import engine_named
from search.engines.contract import EngineRequest
from search.ledger.draining import drain
from search.queries.reading import words_of_query
from tests.search.making import READER

pytestmark = pytest.mark.django_db

FINDING = "/findings/fathers-asked-early-mostly-say-yes/"
TEXT = "asked early as a matter of course fathers said yes"


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def open_to(request, words, settings):
    """Pages that the engine finds for a reader with these tokens."""
    settings.PORTAL_SEARCH_ENGINE = "database"
    if request.param == "elasticsearch":
        request.getfixturevalue("own_index")

    def _open_to(tokens=READER):
        drain()
        asked = words_of_query(TEXT, words, expand=True)
        answer = engine_named(request.param).search(
            EngineRequest(tokens=tokens, words=asked, limit=50)
        )
        return {hit.page_id for hit in answer.hits}

    return _open_to


@pytest.fixture
def finding(page_at):
    return page_at(FINDING)


def close(page, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set(groups)
    return restriction


def test_privacy_on_an_ancestor_closes_and_opens_again(open_to, finding, person):
    assert finding.pk in open_to()
    group = person(Role.LEAD_QA).groups.first()
    restriction = close(finding.get_parent(), group)
    assert finding.pk not in open_to()
    insider = person(Role.LEAD_QA)
    assert finding.pk in open_to(tokens_of(insider))
    restriction.delete()
    assert finding.pk in open_to()


def test_a_group_added_to_a_restriction_opens(open_to, finding, person):
    restriction = close(finding)
    assert finding.pk not in open_to(tokens_of(person(Role.EDITOR)))
    restriction.groups.add(person(Role.EDITOR).groups.first())
    assert finding.pk in open_to(tokens_of(person(Role.EDITOR)))


def test_a_move_below_a_closed_page_closes(open_to, finding, page_at, person):
    closed = page_at("/letters/")
    close(closed, person(Role.LEAD_QA).groups.first())
    finding.move(closed, pos="last-child")
    assert finding.pk not in open_to()


def test_an_unpublished_page_is_gone(open_to, finding):
    finding.unpublish()
    assert finding.pk not in open_to()


def test_a_deleted_page_is_gone(open_to, finding):
    finding.delete()
    assert finding.pk not in open_to()


def test_an_expired_page_is_gone(open_to, finding):
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    type(finding).objects.filter(pk=finding.pk).update(
        expire_at=timezone.now() - timedelta(hours=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert finding.pk not in open_to()


def test_a_theme_renamed_is_found_by_its_new_name(open_to, finding, words):
    from learning.vocabulary.models import Theme
    from search.ledger.models import Projection

    theme = Theme.objects.get(code="P04")
    theme.label = "Zebra crossings"
    theme.save()
    open_to()
    assert "Zebra crossings" in Projection.objects.get(page_id=finding.pk).document["keywords"]
