"""The search page, as a reader meets it."""

import csv
import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from audit_pages.models import ImportedFindingPage
from audit_pages.starter.loader import People, put_page
from audit_pages.templatetags.portal_pages import theme_url
from learning.access.models import AccessEvent
from learning.exports import FICTIONAL
from learning.people.roles import READING_ROLES, Role
from learning.vocabulary.models import Theme
from search.elastic.engine import ElasticEngine
from search.engines.contract import EngineUnavailable
from search.results.spreadsheet import safe_cell
from search.words.models import BestBet, Exclusion

pytestmark = pytest.mark.django_db

PAGE = "/search/"


def shown(client, **parameters):
    response = client.get(PAGE, parameters)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", sorted(READING_ROLES))
def test_every_role_that_reads_finds(sign_in, role):
    assert "<mark>" in shown(sign_in(role), q="fathers")


def test_a_role_without_reading_finds_nothing_by_any_way(sign_in):
    client = sign_in(Role.IT_SUPPORT)
    for address in (PAGE, reverse("search:results_csv")):
        response = client.get(address, {"q": "fathers"})
        assert response.status_code == 403
        assert b"<mark>" not in response.content
    assert client.get("/search/suggest/", {"q": "fath"}).json() == {"suggestions": []}


def test_who_has_not_signed_in_is_sent_to_sign_in(client):
    for address in (PAGE, "/search/results.csv", "/search/suggest/"):
        assert client.get(address, {"q": "fathers"}).status_code == 302


def test_what_is_typed_comes_back_escaped(sign_in):
    text = "<script>alert(1)</script>\"'"
    page = shown(sign_in(Role.EDITOR), q=text)
    assert "<script>alert(1)" not in page
    assert escape(text) in page


def test_a_hit_opens_at_the_section_that_holds_the_words(sign_in):
    reader = sign_in(Role.FRONT_LINE)
    page = shown(reader, q='"return home interviews"', kind="finding")
    addresses = re.findall(r'portal-result__title">\s*<a href="([^"#]+)#([^"]+)"', page)
    assert addresses
    for path, anchor in addresses:
        assert f'id="{anchor}"' in reader.get(path).content.decode()


def test_hits_with_some_of_the_words_are_marked_off(sign_in):
    page = shown(sign_in(Role.EDITOR), q="fathers chronology bicycles")
    assert "These hold some of your words" in page


def test_what_was_read_is_shown_and_can_be_taken_off(sign_in):
    client = sign_in(Role.EDITOR)
    page = shown(client, q="neglect last year")
    assert "Do not read “last year” as" in page
    assert "not_read=time" in page
    taken_off = shown(client, q="neglect last year", not_read="time")
    assert "Do not read “last year” as" not in taken_off


def test_filters_that_leave_nothing_are_dropped_and_said(sign_in):
    page = shown(sign_in(Role.EDITOR), q="fathers before 2010")
    assert "Nothing was found with the time or theme that we read" in page
    assert "<mark>" in page


def test_synonyms_are_said_and_can_be_switched_off(sign_in):
    client = sign_in(Role.EDITOR)
    assert "Also searching for" in shown(client, q="dads")
    page = shown(client, q="dads", synonyms="off")
    assert "Searching for your words only" in page and "Also searching for" not in page


def test_a_theme_by_name_leads_to_its_page(sign_in):
    page = shown(sign_in(Role.EDITOR), q="neglect")
    assert "Start here" in page and 'href="/themes/r01/"' in page


def test_a_choice_that_does_not_exist_is_left_out_with_a_word(sign_in):
    page = shown(sign_in(Role.EDITOR), q="fathers", theme="X99", quarter="never", kind="spaceship")
    assert "One choice was left out" in page
    assert "Theme: X99" in page and "Quarter: never" in page and "Kind of page: spaceship" in page
    assert "<mark>" in page


def test_a_facet_narrows_and_stays_chosen(sign_in):
    page = shown(sign_in(Role.EDITOR), q="fathers", kind="letter")
    assert 'value="letter" checked' in " ".join(page.split())
    assert page.count('portal-type">Letter') == page.count('class="portal-result ')


def test_a_page_beyond_the_last_leads_to_the_last(sign_in):
    client = sign_in(Role.EDITOR)
    response = client.get(PAGE, {"q": "fathers", "page": "900"})
    assert response.status_code == 302
    assert "<mark>" in client.get(response["Location"]).content.decode()


def test_an_empty_search_shows_what_is_newest(sign_in):
    assert "portal-result__title" in shown(sign_in(Role.EDITOR))


def test_a_best_bet_stands_above_and_an_excluded_page_is_gone(sign_in, page_at):
    bet, out = page_at("/themes/p04/"), page_at("/themes/r01/")
    BestBet.objects.create(query="Chronologies", page=bet, note="begin here")
    Exclusion.objects.create(query="neglect", page=out, reason="too broad")
    client = sign_in(Role.EDITOR)
    page = shown(client, q="what chronology")
    assert "Start here" in page and "begin here" in page
    titles = shown(client, q="neglect").split("portal-results")[1]
    assert 'href="/themes/r01/"' not in titles.split("portal-themes")[0]


def test_a_best_bet_is_not_shown_to_one_who_may_not_read_it(sign_in, page_at):
    bet = page_at("/themes/p04/")
    BestBet.objects.create(query="zebra crossings", page=bet)
    client = sign_in(Role.EDITOR)
    assert "Start here" in shown(client, q="a zebra crossing")
    bet.unpublish()
    assert "Start here" not in shown(client, q="a zebra crossing")


def test_an_engine_that_is_away_is_said_and_the_database_answers(sign_in, monkeypatch, settings):
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"

    def away(self, request):
        raise EngineUnavailable("away")

    monkeypatch.setattr(ElasticEngine, "search", away)
    page = shown(sign_in(Role.EDITOR), q="fathers")
    assert "A simpler search is answering" in page and "<mark>" in page


def test_a_search_asks_little_of_the_database(sign_in, django_assert_max_num_queries):
    client = sign_in(Role.FRONT_LINE)
    shown(client, q="fathers")
    with django_assert_max_num_queries(8):
        shown(client, q="fathers plans", theme="P04")


def test_words_searched_for_are_not_logged(sign_in, caplog):
    caplog.set_level("DEBUG", logger="search")
    shown(sign_in(Role.EDITOR), q="zebracornishly")
    assert "zebracornishly" not in caplog.text


def downloaded(client, **parameters):
    response = client.get(reverse("search:results_csv"), parameters)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return response, list(csv.reader(io.StringIO(text)))


def test_results_are_taken_as_csv_with_who_and_when(sign_in, person):
    reader = person(Role.LINE_MANAGER)
    response, rows = downloaded(sign_in(reader), q="fathers")
    assert f"by {reader} on " in rows[0][0]
    assert [FICTIONAL] in rows
    heading = next(place for place, row in enumerate(rows) if row[0] == "Title")
    assert len(rows) - heading - 1 > 10
    assert response["Cache-Control"] == "no-store"
    assert AccessEvent.objects.filter(user_id=reader.pk, action="exported").count() == 1


def lines_of(rows):
    """Each page of a download by the names of its columns."""
    heading = next(place for place, row in enumerate(rows) if row[0] == "Title")
    return [dict(zip(rows[heading], row, strict=True)) for row in rows[heading + 1 :]]


def test_the_csv_names_what_the_results_are_narrowed_to(sign_in):
    _, rows = downloaded(
        sign_in(Role.EDITOR), q="plans", kind="finding", theme=["P04", "P07"], suggested="1"
    )
    head = [row[0] for row in rows[: next(n for n, row in enumerate(rows) if row[0] == "Title")]]
    assert "Search: plans" in head
    assert "Kind of page: Finding" in head
    labels = dict(Theme.objects.values_list("code", "label"))
    assert f"Theme: {labels['P04']}; {labels['P07']}" in head
    assert "Themes that are only suggested count too" in head


def test_addresses_in_the_csv_are_whole(sign_in, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://audit.harrowmere.example"
    _, rows = downloaded(sign_in(Role.EDITOR), q="fathers")
    addresses = [line["Address"] for line in lines_of(rows)]
    assert addresses
    assert all(one.startswith("https://audit.harrowmere.example/") for one in addresses)


def test_what_others_wrote_carries_whose_it_is_in_the_csv(sign_in, person, page_at):
    people = People(
        writer=person(Role.EDITOR),
        approver=person(Role.LEAD_QA),
        checker=person(Role.QA_OFFICER),
    )
    page = ImportedFindingPage(
        title="Inspectors on piers", slug="piers", reference="1", source_label="Inspectors",
        attribution="=Words of the inspectors", licence="Open licence 3",
        text="<p>Kittiwakes nest on piers.</p>",
    )  # fmt: skip
    put_page(parent=page_at("/findings/"), page=page, people=people)
    call_command("search_drain", verbosity=0)
    _, rows = downloaded(sign_in(Role.EDITOR), q="inspectors")
    lines = {line["Title"]: line for line in lines_of(rows)}
    theirs = lines.pop("Inspectors on piers")
    assert theirs["Attribution"] == "'=Words of the inspectors"
    assert theirs["Licence"] == "Open licence 3"
    assert all(line["Attribution"] == line["Licence"] == "" for line in lines.values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "|", "%"])
def test_no_cell_can_begin_a_formula(start):
    assert safe_cell(f"{start}cmd") == f"'{start}cmd"
    assert safe_cell("Plans = good") == "Plans = good"


def test_a_query_cannot_begin_a_formula_in_the_csv(sign_in):
    _, rows = downloaded(sign_in(Role.EDITOR), q="=HYPERLINK(1)")
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_suggestions_offer_themes_and_titles(sign_in):
    found = sign_in(Role.FRONT_LINE).get("/search/suggest/", {"q": "fath"}).json()["suggestions"]
    assert found[0] == {
        "text": "Fathers and other adults",
        "url": theme_url("P04"),
        "kind": "Theme",
    }
    assert any(item["kind"] == "Finding" for item in found)
    assert len({item["url"] for item in found}) == len(found) <= 8


def test_one_letter_is_too_little_to_suggest_from(sign_in):
    assert sign_in(Role.EDITOR).get("/search/suggest/", {"q": "f"}).json() == {"suggestions": []}


def test_posting_is_not_understood(sign_in):
    assert sign_in(Role.EDITOR).post(PAGE, {"q": "fathers"}).status_code == 405


@pytest.mark.parametrize(
    "text", ["fathers", "ground rules", "dads missing from assessments last year", "last quarter"]
)
@pytest.mark.parametrize(
    "engine", ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
)
def test_no_kind_of_search_asks_more_than_eight_times(
    sign_in, settings, django_assert_max_num_queries, engine, text
):
    settings.PORTAL_SEARCH_ENGINE = engine
    client = sign_in(Role.FRONT_LINE)
    shown(client, q="fathers")
    with django_assert_max_num_queries(8):
        shown(client, q=text)


@pytest.mark.elasticsearch
def test_a_search_is_one_request_to_the_engine(sign_in, settings, monkeypatch):
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    asked, ask = [], ElasticEngine._ask
    monkeypatch.setattr(
        ElasticEngine, "_ask", lambda self, question: asked.append(question) or ask(self, question)
    )
    page = shown(sign_in(Role.FRONT_LINE), q="fathers plans", theme="P04")
    assert "A simpler search" not in page
    assert len(asked) == 1


def test_a_choice_that_the_words_suggest_is_offered_and_made(sign_in):
    client = sign_in(Role.FRONT_LINE)
    page = shown(client, q="letters about fathers")
    assert "Show only" in page
    assert re.search(r'href="/search/\?q=letters\+about\+fathers&amp;kind=letter">Letter</a>', page)
    chosen = shown(client, q="letters about fathers", kind="letter")
    assert '&amp;kind=letter">Letter</a>' not in chosen


def test_a_hit_among_the_first_that_lacks_a_word_says_so(sign_in):
    page = shown(sign_in(Role.FRONT_LINE), q="training on talking to children")
    assert "holds some of your words" in page
