"""An editor sees what a change of words does before it is made, and nothing is written until then."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from learning.people.roles import Role
from search.engines.contract import EngineUnavailable
from search.reports.models import FruitlessSearch
from search.words.in_use import words_in_use
from search.words.models import BestBet, Exclusion, StemOverride, SynonymEntry, WordsSnapshot
from tests.search.conftest import BOTH_ENGINES

pytestmark = pytest.mark.django_db

ADDRESSES = {
    SynonymEntry: "wagtailsnippets_search_synonymentry",
    BestBet: "wagtailsnippets_search_bestbet",
    Exclusion: "wagtailsnippets_search_exclusion",
    StemOverride: "wagtailsnippets_search_stemoverride",
}


@pytest.fixture(params=BOTH_ENGINES)
def engine(request: pytest.FixtureRequest, settings: Any) -> str:
    """Either engine's name, in use."""
    settings.PORTAL_SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        request.getfixturevalue("own_index")
    return str(request.param)


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared does not hang on how busy the machine is."""
    monkeypatch.setattr("search.trying.asking.SECONDS_AT_MOST", 600.0)


@pytest.fixture
def on_database(settings: Any) -> None:
    settings.PORTAL_SEARCH_ENGINE = "database"


@pytest.fixture
def editor(sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.EDITOR)


def asked_by_two(term: str) -> None:
    """A term that the report of searches in vain would show."""
    for who in ("one", "two"):
        FruitlessSearch.objects.create(term=term, asked_by=who, last_on=timezone.localdate())


def add(model: Any, client: Client, **said: Any) -> Any:
    return client.post(reverse(f"{ADDRESSES[model]}:add"), said)


def change(row: Any, client: Client, **said: Any) -> Any:
    return client.post(reverse(f"{ADDRESSES[type(row)]}:edit", args=[row.pk]), said)


def confirmed(answer: Any, **said: Any) -> dict[str, Any]:
    """What the page's own form sends when the change is put into effect."""
    return {
        **said,
        "trying_step": "confirm",
        "trying_looked_at": answer.context["looked_at"],
    }


def moves_of(answer: Any, text: str) -> dict[str, str]:
    """Title → what is said of it, for one query."""
    movements = {m.question.text: m for m in answer.context["effect"].movements}
    return {move.title: move.said for move in movements[text].moves}


def test_a_new_line_is_tried_and_nothing_is_written(engine: str, editor: Client) -> None:
    asked_by_two("trampoline")
    lines, snapshots = SynonymEntry.objects.count(), WordsSnapshot.objects.count()

    answer = add(SynonymEntry, editor, line="trampoline, chronology", note="")

    assert answer.context["effect"].rankings.engine == engine
    moved = moves_of(answer, "trampoline")
    assert len(moved) == 10
    assert all(said.startswith("enters at") for said in moved.values())
    assert "Nothing has changed yet." in answer.content.decode()
    assert (SynonymEntry.objects.count(), WordsSnapshot.objects.count()) == (lines, snapshots)
    assert not words_in_use().synonyms.knows("trampoline")


def test_what_was_shown_is_put_into_effect_by_a_second_press(
    on_database: None, editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    said = {"line": "trampoline, chronology", "note": ""}
    answer = add(SynonymEntry, editor, **said)

    with django_capture_on_commit_callbacks(execute=True):
        done = add(SynonymEntry, editor, **confirmed(answer, **said))

    assert done.status_code == 302
    assert SynonymEntry.objects.filter(line=said["line"]).exists()
    assert words_in_use().synonyms.knows("trampolin")


def test_what_changed_meanwhile_is_shown_anew(on_database: None, editor: Client) -> None:
    said = {"line": "trampoline, chronology", "note": ""}
    answer = add(SynonymEntry, editor, **said)
    SynonymEntry.objects.create(line="pogo stick, spring boots")

    again = add(SynonymEntry, editor, **confirmed(answer, **said))

    assert "other words have changed since you looked" in again.content.decode()
    assert not SynonymEntry.objects.filter(line=said["line"]).exists()
    assert again.context["effect"].with_others


def test_what_was_not_shown_cannot_be_confirmed(on_database: None, editor: Client) -> None:
    answer = add(SynonymEntry, editor, line="trampoline, chronology", note="")

    add(SynonymEntry, editor, **confirmed(answer, line="trampoline, supervision", note=""))

    assert not SynonymEntry.objects.filter(line__startswith="trampoline").exists()


def test_back_to_the_form_keeps_what_was_written(on_database: None, editor: Client) -> None:
    said = {"line": "trampoline, chronology", "note": "For the back garden"}

    form = add(SynonymEntry, editor, **said, trying_step="back").content.decode()

    assert "trampoline, chronology" in form and "For the back garden" in form
    assert "See what it changes" in form
    assert not SynonymEntry.objects.filter(line=said["line"]).exists()


def test_it_says_when_nothing_moves(on_database: None, editor: Client) -> None:
    shown = add(SynonymEntry, editor, line="trampoline, bouncing bed", note="").content.decode()

    assert "Nothing moves" in shown
    assert "The first ten results of each stay as they are." in shown


def test_words_that_cannot_be_used_are_refused_before_anything_is_tried(
    on_database: None, editor: Client
) -> None:
    for line, why in [
        ("trampoline", "has only one phrase"),
        ("trampoline, " + "long " * 30, "is longer than 100 characters"),
        ("trampoline, " + ", ".join(f"word {n}" for n in range(90)), "longer than 600"),
    ]:
        shown = add(SynonymEntry, editor, line=line, note="")
        assert "effect" not in (shown.context or {})
        assert why in shown.content.decode()


def test_two_lines_may_not_lead_in_a_circle(on_database: None, editor: Client) -> None:
    SynonymEntry.objects.create(line="trampoline => pogo stick")

    shown = add(SynonymEntry, editor, line="pogo stick => trampoline", note="").content.decode()

    assert "lead to each other and away from themselves" in shown


@pytest.mark.parametrize(
    ("word", "found_as", "why"),
    [
        ("kid", "kid", "cannot lead to itself"),
        ("bairn", "children", "leads on itself"),
        ("child", "person", "has to stay as it is"),
    ],
)
def test_an_override_may_not_lead_on(
    on_database: None, editor: Client, word: str, found_as: str, why: str
) -> None:
    shown = add(StemOverride, editor, word=word, found_as=found_as).content.decode()
    assert why in shown


def test_an_override_leads_to_what_its_form_is_found_under(
    on_database: None, editor: Client
) -> None:
    """“Family” is held as its stem, so an override to it has to be one to that stem."""
    asked_by_two("kinfolk")

    answer = add(StemOverride, editor, word="kinfolk", found_as="families")

    assert len(moves_of(answer, "kinfolk")) == 10


def test_taking_an_override_away_is_tried_too(engine: str, editor: Client) -> None:
    """The pages hold the word where the override put it; it is looked for where it would stand."""
    row = StemOverride.objects.get(word="children")
    asked_by_two("children")
    page = reverse(f"{ADDRESSES[StemOverride]}:delete", args=[row.pk])

    shown = editor.get(page)

    assert moves_of(shown, "children")
    assert "would find something else among the first ten" in shown.content.decode()
    assert shown.context["looked_at"] in shown.content.decode()
    assert not any(m.finds_nothing for m in shown.context["effect"].movements)
    assert StemOverride.objects.filter(pk=row.pk).exists()
    editor.post(page, {"trying_looked_at": shown.context["looked_at"]})
    assert not StemOverride.objects.filter(pk=row.pk).exists()


def test_a_best_bet_rises_to_the_top(engine: str, editor: Client, page_at: Any) -> None:
    page = page_at("/guidance/")

    answer = add(BestBet, editor, query="neglect", page=page.pk, note="")

    moved = moves_of(answer, "neglect")
    assert moved[page.title] == "enters at 1"
    assert sum(said.startswith("leaves") for said in moved.values()) == 1
    quality = answer.context["effect"].quality
    assert quality.touched == 1 and quality.after < quality.before
    assert "less well than before" in answer.content.decode()


def test_an_exclusion_leaves(engine: str, editor: Client) -> None:
    page = Page.objects.get(slug="neglect-seen-a-visit-at-a-time")

    answer = add(Exclusion, editor, query="neglect", page=page.pk, reason="Only for this test")

    assert moves_of(answer, "neglect")[page.title].startswith("leaves (was")


def test_a_note_is_saved_at_once(on_database: None, editor: Client) -> None:
    row = SynonymEntry.objects.filter(line__startswith="early help,").first()

    change(row, editor, line=row.line, note="Asked for by the front door")

    row.refresh_from_db()
    assert row.note == "Asked for by the front door"


def test_many_are_deleted_after_a_look(on_database: None, editor: Client) -> None:
    rows = list(SynonymEntry.objects.filter(line__contains="neglect")[:2])
    page = reverse("wagtail_bulk_action", args=["search", "synonymentry", "delete"])
    page += "?" + "&".join(f"id={row.pk}" for row in rows)
    found = SynonymEntry.objects.filter(pk__in=[row.pk for row in rows])

    editor.post(page)
    assert found.count() == len(rows), "not without having looked"
    shown = editor.get(page)
    assert shown.context["effect"].judged > 60
    assert "judged queries" in shown.content.decode()
    assert shown.context["looked_at"] in shown.content.decode()
    editor.post(page, {"trying_looked_at": shown.context["looked_at"]})
    assert found.count() == 0


def test_pages_that_the_editor_may_not_read_are_not_named(
    engine: str, editor: Client, sign_in: Callable[..., Client]
) -> None:
    page = Page.objects.get(slug="neglect-seen-a-visit-at-a-time")
    asked_by_two("trampoline")
    said = {"line": "trampoline, neglect", "note": ""}
    assert page.title in moves_of(add(SynonymEntry, editor, **said), "trampoline")

    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )  # for no group at all

    shown = add(SynonymEntry, editor, **said)
    assert page.title not in shown.content.decode()
    assert "trampoline" in {m.question.text for m in shown.context["effect"].movements}


def test_what_one_person_alone_asked_is_not_shown(on_database: None, editor: Client) -> None:
    FruitlessSearch.objects.create(term="trampoline", asked_by="one", last_on=timezone.localdate())

    effect = add(SynonymEntry, editor, line="trampoline, neglect", note="").context["effect"]

    assert "trampoline" not in {m.question.text for m in effect.movements}


def test_without_judged_queries_it_says_so(
    on_database: None, editor: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr("search.evaluation.judged.FILE", tmp_path / "left_out.toml")

    shown = add(SynonymEntry, editor, line="trampoline, neglect", note="")

    assert "this installation has none" in shown.content.decode()
    assert shown.context["effect"].quality is None


def test_what_there_is_no_time_for_is_counted(
    on_database: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.trying.asking.SECONDS_AT_MOST", -1.0)
    asked_by_two("trampoline")

    shown = add(SynonymEntry, editor, line="trampoline, neglect", note="")

    assert shown.context["effect"].rankings.left_out >= 1
    assert "were not compared" in shown.content.decode()


@pytest.mark.elasticsearch
def test_the_database_answers_where_elasticsearch_is_away(
    own_index: str, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: Any) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr("search.elastic.engine.ElasticEngine.search", away)
    asked_by_two("trampoline")

    shown = add(SynonymEntry, editor, line="trampoline, neglect", note="")

    assert moves_of(shown, "trampoline")
    assert "The database was asked instead" in shown.content.decode()


@pytest.mark.parametrize("role", [Role.QA_OFFICER, Role.FRONT_LINE, Role.INFORMATION_GOVERNANCE])
def test_others_do_not_get_in(role: Role, sign_in: Callable[..., Client]) -> None:
    answer = add(SynonymEntry, sign_in(role), line="trampoline, neglect", note="")

    assert answer.status_code in (302, 403)
    assert not SynonymEntry.objects.filter(line__startswith="trampoline").exists()


def test_each_touched_query_costs_its_two_statements(on_database: None, editor: Client) -> None:
    """What is found before and after is read together, however much moves."""

    def statements(*terms: str) -> int:
        for term in terms:
            asked_by_two(term)
        with CaptureQueriesContext(connection) as asked:
            add(SynonymEntry, editor, line="trampoline, pogo stick, neglect", note="")
        return len(asked)

    few = statements("trampoline in winter")
    many = statements(*(f"pogo stick {n}" for n in ("a", "b", "c", "d", "e")))
    assert many - few <= 5 * 2
