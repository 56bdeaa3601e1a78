"""A prepared read keeps its words and never an answer."""

from typing import Any

import pytest
from django.db.models import Q

from learning.prepared import PreparedRead
from learning.vocabulary.models import Theme

pytestmark = pytest.mark.django_db


@PreparedRead
def labels_of(*codes: Any) -> Any:
    rows = Theme.objects.filter(Q(code__in=codes) | Q(label="100% certain")).order_by("code")
    return rows.values_list("code", "label")


@pytest.fixture
def themes() -> list[Theme]:
    return [
        Theme.objects.create(code=f"ZZ{n}", label=f"Made-up theme {n}", scope_note="For a test.")
        for n in (1, 2, 3)
    ]


def rows_of(*themes: Theme) -> list[tuple[str, str]]:
    return [(theme.code, theme.label) for theme in themes]


def test_it_answers_for_the_values_that_it_is_asked_with(themes: list[Theme]) -> None:
    first, second, third = themes
    assert labels_of.ask("ZZ1", "ZZ3") == rows_of(first, third)
    assert labels_of.ask("ZZ2", "ZZ3") == rows_of(second, third)


def test_it_takes_as_many_values_as_are_given(themes: list[Theme]) -> None:
    assert labels_of.ask() == []
    assert labels_of.ask("ZZ2") == rows_of(themes[1])
    assert labels_of.ask("ZZ1", "ZZ2", "ZZ3") == rows_of(*themes)


def test_the_database_is_asked_each_time(
    themes: list[Theme], django_assert_num_queries: Any
) -> None:
    assert len(labels_of.ask("ZZ1", "ZZ2")) == 2
    themes[0].delete()
    Theme.objects.filter(code="ZZ2").update(label="Renamed")
    with django_assert_num_queries(1):
        assert labels_of.ask("ZZ1", "ZZ2") == [("ZZ2", "Renamed")]


@pytest.mark.parametrize("value", ["' OR '1'='1", '"', "%s", "%", "ZZ1'--"])
def test_a_value_is_never_part_of_the_words(themes: list[Theme], value: str) -> None:
    assert labels_of.ask(value) == []


def test_a_percent_sign_in_its_own_words_is_no_place_for_a_value(themes: list[Theme]) -> None:
    Theme.objects.filter(code="ZZ3").update(label="100% certain")
    assert labels_of.ask("ZZ1") == [("ZZ1", "Made-up theme 1"), ("ZZ3", "100% certain")]
