"""Words that editors write: refused where they cannot be used, in use soon where they can."""

import pytest
from django.core.exceptions import ValidationError

from search.queries.reading import words_of_query
from search.words.changing import rebuild_for_words
from search.words.in_use import words_in_use
from search.words.models import StemOverride, SynonymEntry
from search.words.snapshots import snapshot_in_use
from tests.search.conftest import BOTH_ENGINES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dads, pops", "on the left of two lines"),
        ("pops =>", "nothing on one side"),
        ("=> pops", "nothing on one side"),
        ("pops", "only one phrase"),
        ("pops, ?!", "no word that can be searched for"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_a_reason(line, said):
    with pytest.raises(ValidationError) as refused:
        SynonymEntry(line=line).full_clean()
    assert said in " ".join(refused.value.message_dict["line"])


def test_a_good_line_passes_and_may_be_saved_again():
    entry = SynonymEntry(line="trampoline, bouncing bed")
    entry.full_clean()
    entry.save()
    entry.full_clean()


def test_an_override_leads_one_word_to_one_word():
    with pytest.raises(ValidationError):
        StemOverride(word="two words", found_as="one").full_clean()
    StemOverride(word="kids", found_as="child").full_clean()


def also_found(text):
    asked = words_of_query(text, words_in_use(), expand=True)
    return {other for group in asked.counting for other in group.other_words}


@pytest.mark.parametrize("engine", BOTH_ENGINES)
def test_a_new_line_is_in_use_after_one_rebuild(settings, request, engine):
    settings.PORTAL_SEARCH_ENGINE = engine
    if engine == "elasticsearch":
        request.getfixturevalue("own_index")
    before = snapshot_in_use().pk
    SynonymEntry.objects.create(line="trampoline, bouncing bed")
    assert also_found("trampoline") == set(), "not before the index agrees"
    with request.getfixturevalue("monkeypatch").context() as patch:
        patch.setattr("search.rebuilding.services.faults", lambda index, words: [])
        assert rebuild_for_words.func()
    assert snapshot_in_use().pk != before
    assert also_found("trampoline") == {"bouncing bed"}
    assert not rebuild_for_words.func(), "the same words need no second rebuild"


def test_saving_a_line_asks_for_a_rebuild(django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    monkeypatch.setattr("search.words.changing.rebuild_soon", lambda: asked.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        SynonymEntry.objects.create(line="trampoline, bouncing bed")
    assert asked == [1]
