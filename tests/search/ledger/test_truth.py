"""What happens to a page reaches the index within one drain, in the engine that is set."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from audit_pages.importing.models import ThemeTag
from audit_pages.importing.theming import confirm_themes
from audit_pages.models import Approval, ImportedFindingPage
from audit_pages.publishing.readers import tokens_of
from audit_pages.publishing.services import approve_and_publish
from audit_pages.starter.loader import People, put_page
from learning.people.roles import Role
from learning.vocabulary.models import Theme
from search.engines.choosing import engine_named
from search.engines.contract import EngineRequest
from search.ledger.draining import drain
from search.ledger.models import LedgerRow, Projection
from search.ledger.reconciling import find_differences
from search.queries.reading import words_of_query
from tests.publishing import checked
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
        assert_equal_to_the_database()
        asked = words_of_query(TEXT, words, expand=True)
        answer = engine_named(request.param).search(
            EngineRequest(tokens=tokens, words=asked, limit=50)
        )
        return {hit.page_id for hit in answer.hits}

    return _open_to


@pytest.fixture
def finding(page_at):
    return page_at(FINDING)


def assert_equal_to_the_database():
    """Nothing waits, and every place holds what is published."""
    assert not LedgerRow.objects.filter(dirty=True).exists()
    faults = {found.place: found.counts() for found in find_differences()}
    assert {place: sum(counts.values()) for place, counts in faults.items()} == dict.fromkeys(
        faults, 0
    ), faults


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


def test_a_move_out_of_a_closed_section_opens(open_to, finding, page_at, person):
    restriction = close(finding.get_parent(), person(Role.LEAD_QA).groups.first())
    assert finding.pk not in open_to()
    finding.refresh_from_db()
    finding.move(page_at("/letters/"), pos="last-child")
    assert finding.pk in open_to()
    restriction.delete()
    assert finding.pk in open_to()


def test_a_group_that_goes_takes_its_reading_along(open_to, finding):
    group = Group.objects.create(name="Harbour watch")
    close(finding, group)
    assert finding.pk in open_to(frozenset({f"g:{group.pk}"}))
    token = f"g:{group.pk}"
    group.delete()
    assert finding.pk not in open_to(frozenset({token, "all"}))


def test_a_change_that_is_approved_is_found_and_its_draft_before_is_not(open_to, finding, person):
    before = finding.title
    draft = finding.specific
    draft.title = "Kittiwakes on the quay"
    draft.save_revision(user=person(Role.EDITOR))
    open_to()
    assert Projection.objects.get(page_id=finding.pk).title == before
    checked(draft)
    approve_and_publish(page=draft, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    open_to()
    assert Projection.objects.get(page_id=finding.pk).title == "Kittiwakes on the quay"


def test_a_suggested_theme_that_is_confirmed_counts_as_confirmed(open_to, finding, person):
    people = People(
        writer=person(Role.EDITOR),
        approver=person(Role.LEAD_QA),
        checker=person(Role.QA_OFFICER),
    )
    imported = ImportedFindingPage(
        title="Inspectors on piers", slug="piers", reference="1", source_label="S", text="<p>a</p>"
    )
    put_page(parent=finding.get_parent(), page=imported, people=people)
    tag = ThemeTag.objects.create(page=imported, theme=Theme.objects.get(code="P04"))
    open_to()
    values = Projection.objects.get(page_id=imported.pk).document["values"]
    assert (values["theme"], values["suggested_theme"]) == ([], ["P04"])
    confirm_themes(tag_ids=[tag.pk], by=people.writer)
    open_to()
    values = Projection.objects.get(page_id=imported.pk).document["values"]
    assert (values["theme"], values["suggested_theme"]) == (["P04"], [])


def test_a_publication_rolled_back_leaves_nothing(open_to, finding, person):
    open_to()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        finding.unpublish()
        close(finding.get_parent())
        raise ZeroDivisionError
    assert not LedgerRow.objects.filter(dirty=True).exists()
    assert finding.pk in open_to()


def test_an_unpublished_page_is_gone(open_to, finding):
    finding.unpublish()
    assert finding.pk not in open_to()


def test_a_deleted_page_is_gone(open_to, finding):
    finding.delete()
    assert finding.pk not in open_to()


def test_an_expired_page_is_gone(open_to, finding):
    type(finding).objects.filter(pk=finding.pk).update(
        expire_at=timezone.now() - timedelta(hours=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert finding.pk not in open_to()


def test_a_theme_renamed_is_found_by_its_new_name(open_to, finding, words):
    theme = Theme.objects.get(code="P04")
    theme.label = "Zebra crossings"
    theme.save()
    open_to()
    assert "Zebra crossings" in Projection.objects.get(page_id=finding.pk).document["keywords"]
