"""Vocabulary and search words are changed by one editor: the history holds every version, the first
one too, and each can be put back in the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from learning.people.roles import Role
from learning.vocabulary.models import AreaOfWork, GlossaryTerm, PracticeStandard, Theme
from search.words.models import SynonymEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.EDITOR)


def form_of(row: Any, **changed: str) -> dict[str, str]:
    """What the row's form in the desk sends, with some of it changed."""
    said = {
        Theme: lambda: {
            "label": row.label, "group": row.group, "scope_note": row.scope_note,
            "also_called": "[]", "cin_factors": "[]", "is_active": "on",
        },
        AreaOfWork: lambda: {
            "code": row.code, "label": row.label, "order": row.order, "is_active": "on",
        },
        PracticeStandard: lambda: {"code": row.code, "title": row.title, "text": row.text},
        GlossaryTerm: lambda: {
            "term": row.term, "abbreviation": row.abbreviation, "meaning": row.meaning,
            "also_called": "[]",
        },
        SynonymEntry: lambda: {"line": row.line, "note": row.note},
    }[type(row)]()  # fmt: skip
    return said | changed


def address(row: Any, view: str, *more: Any) -> str:
    model = row._meta
    return reverse(
        f"wagtailsnippets_{model.app_label}_{model.model_name}:{view}", args=[row.pk, *more]
    )


KINDS = [(Theme, "scope_note"), (AreaOfWork, "label"), (PracticeStandard, "text"),
         (GlossaryTerm, "meaning")]  # fmt: skip


@pytest.mark.parametrize(("model", "field"), KINDS)
def test_each_version_stays_and_the_first_can_be_put_back(
    model: Any, field: str, editor: Client, person: Callable[[Role], Any]
) -> None:
    row = model.objects.first()
    written = getattr(row, field)
    changed = editor.post(address(row, "edit"), form_of(row, **{field: "Something else"}))
    assert changed.status_code == 302

    history = editor.get(address(row, "history")).content.decode()
    assert "Kept as it stood before the first change" in history
    first, second = row.revisions.order_by("pk")
    assert (first.content[field], second.content[field]) == (written, "Something else")
    assert second.user == person(Role.EDITOR)
    assert address(row, "revisions_revert", first.pk) in history

    back = address(row, "revisions_revert", first.pk)
    assert editor.get(back).status_code == 200
    assert editor.post(back, form_of(row)).status_code == 302

    row.refresh_from_db()
    assert getattr(row, field) == written
    actions = [entry.action for entry in registry.get_logs_for_instance(row)]
    assert actions[0] == "wagtail.revert"
    assert row.revisions.count() == 3


def test_a_new_entry_begins_its_history(editor: Client) -> None:
    said = {
        "term": "Ecogram",
        "abbreviation": "",
        "meaning": "A family drawn",
        "also_called": "[]",
    }

    editor.post(reverse("wagtailsnippets_learning_glossaryterm:add"), said)

    term = GlossaryTerm.objects.get(term="Ecogram")
    assert [revision.content["meaning"] for revision in term.revisions] == ["A family drawn"]


def test_putting_words_of_search_back_is_shown_first_as_well(editor: Client) -> None:
    row = SynonymEntry.objects.get(line__startswith="early help,")
    written = row.line
    changed = form_of(row, line=f"{written}, trampoline")
    shown = editor.post(address(row, "edit"), changed)
    confirm = {"trying_step": "confirm", "trying_looked_at": shown.context["looked_at"]}
    assert editor.post(address(row, "edit"), changed | confirm).status_code == 302
    row.refresh_from_db()
    assert row.line.endswith("trampoline")

    back = address(row, "revisions_revert", row.revisions.order_by("pk").first().pk)
    shown = editor.post(back, form_of(row, line=written))
    row.refresh_from_db()
    assert row.line.endswith("trampoline"), "only shown so far"
    confirm = {"trying_step": "confirm", "trying_looked_at": shown.context["looked_at"]}
    assert editor.post(back, form_of(row, line=written) | confirm).status_code == 302

    row.refresh_from_db()
    assert row.line == written


def test_others_see_no_history(sign_in: Callable[..., Client], editor: Client) -> None:
    row = Theme.objects.first()
    editor.post(address(row, "edit"), form_of(row, scope_note="Something else"))
    back = address(row, "revisions_revert", row.revisions.first().pk)

    for role in (Role.QA_OFFICER, Role.FRONT_LINE):
        assert sign_in(role).get(address(row, "history")).status_code in (302, 403)
        assert sign_in(role).post(back, form_of(row)).status_code in (302, 403)
    row.refresh_from_db()
    assert row.scope_note == "Something else"
