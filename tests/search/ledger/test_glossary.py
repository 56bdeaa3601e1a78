"""The glossary is found by what its terms say now, within one drain."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.vocabulary.models import GlossaryTerm
from search.ledger.draining import drain
from search.ledger.reconciling import find_differences
from tests.search.conftest import BOTH_ENGINES

pytestmark = pytest.mark.django_db
GLOSSARY = "/guidance/glossary/"


@pytest.fixture(params=BOTH_ENGINES)
def finds(
    request: pytest.FixtureRequest, settings: Any, sign_in: Callable[..., Client]
) -> Callable[[str], bool]:
    """Whether somebody who searches for this word after one drain is led to the glossary."""
    settings.PORTAL_SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        request.getfixturevalue("own_index")

    def _finds(word: str) -> bool:
        drain()
        assert not any(any(found.counts().values()) for found in find_differences())
        found = sign_in(Role.FRONT_LINE).get("/search/", {"q": word}).text
        return f'href="{GLOSSARY}' in found

    return _finds


def save(client: Client, term: GlossaryTerm | None = None, **changed: str) -> None:
    """Save a term in the desk, an added one called “Quillfeather”."""
    said = {
        "term": term.term if term else "Quillfeather",
        "abbreviation": term.abbreviation if term else "",
        "meaning": term.meaning if term else "A gathering of zandermint.",
        "also_called": "[]",
    }
    view = [term.pk] if term else []
    url = reverse(f"wagtailsnippets_learning_glossaryterm:{'edit' if term else 'add'}", args=view)
    assert client.post(url, said | changed).status_code == 302


def test_an_added_a_changed_and_a_deleted_meaning_reach_search(
    sign_in: Callable[..., Client], finds: Callable[[str], bool]
) -> None:
    assert not finds("zandermint")
    save(sign_in(Role.EDITOR))
    assert finds("quillfeather")
    assert finds("zandermint")
    term = GlossaryTerm.objects.get(term="Quillfeather")
    save(sign_in(Role.EDITOR), term, meaning="A gathering of ombrellino.")
    assert finds("ombrellino")
    assert not finds("zandermint"), "the removed word leads nowhere"
    root = StaffMember.objects.create_superuser("root@harrowmere.example", "x")
    sign_in(root).post(reverse("wagtailsnippets_learning_glossaryterm:delete", args=[term.pk]))
    assert not finds("ombrellino")
    assert not finds("quillfeather")


def test_what_a_term_is_also_called_is_shown_and_found_until_it_is_taken_out(
    sign_in: Callable[..., Client], finds: Callable[[str], bool]
) -> None:
    save(sign_in(Role.EDITOR), also_called='["zandermint", "ombrellino & sons"]')
    assert finds("zandermint")
    shown = sign_in(Role.FRONT_LINE).get(GLOSSARY).text
    assert "Also called: zandermint, ombrellino &amp; sons." in shown
    term = GlossaryTerm.objects.get(term="Quillfeather")
    save(sign_in(Role.EDITOR), term, meaning="A gathering.", also_called='["ombrellino"]')
    assert not finds("zandermint")
    assert finds("ombrellino")
    assert "zandermint" not in sign_in(Role.FRONT_LINE).get(GLOSSARY).text


@pytest.mark.parametrize("said", ['"zandermint"', '{"a": 1}', "[1]", '[""]', "[["])
def test_what_is_no_list_of_words_is_refused(said: str, sign_in: Callable[..., Client]) -> None:
    form = {"term": "Quillfeather", "meaning": "M", "abbreviation": "", "also_called": said}
    url = reverse("wagtailsnippets_learning_glossaryterm:add")
    answer = sign_in(Role.EDITOR).post(url, form)
    assert answer.status_code == 200
    assert not GlossaryTerm.objects.filter(term="Quillfeather").exists()


def test_all_terms_are_read_at_once(
    sign_in: Callable[..., Client], django_assert_max_num_queries: object
) -> None:
    client = sign_in(Role.FRONT_LINE)
    client.get(GLOSSARY)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(GLOSSARY)
