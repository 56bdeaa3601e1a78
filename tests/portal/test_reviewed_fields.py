"""No field for a grade, score or rating slips in (domain.md invariant 1).

Every numeric field and every choice of our models and blocks stands in `reviewed_fields.toml`, with a word
on what it is for.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.fields import StreamField

OWN_APPS = ("portal", "home", "search", "audit_pages", "learning")
REVIEWED = tomllib.loads((Path(__file__).parent / "reviewed_fields.toml").read_text("utf-8"))
WHAT_TO_DO = (
    "The portal grades nobody: no audit, case, worker or team has a score. If {field} is no grade, "
    "score or rating, add it to tests/portal/reviewed_fields.toml and say what it is for; a second "
    "person reads that line. If it is one, take the field out."
)
NUMERIC = (
    models.IntegerField,
    models.FloatField,
    models.DecimalField,
    models.DurationField,
    models.BigIntegerField,
)
GRADING = (
    "outstanding",
    "inadequate",
    "requires improvement",
    "excellent",
    "satisfactory",
    "unsatisfactory",
    "grade",
    "score",
    "rating",
    "stars",
    "red",
    "amber",
)


def own_fields() -> Iterator[tuple[str, Any]]:
    """(`app.Model.field`, field) of all our models, abstract parents' and many-to-many tables' too."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OWN_APPS:
            for field in model._meta.local_fields:
                yield f"{model._meta.label}.{field.name}", field


def own_blocks() -> Iterator[tuple[str, Any]]:
    """(`Model.field/block/…`, block) of every block of every StreamField of ours."""
    for name, field in own_fields():
        if isinstance(field, StreamField):
            yield from _blocks_in(name, field.stream_block)


def _blocks_in(name: str, block: Any) -> Iterator[tuple[str, Any]]:
    yield name, block
    if isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        for child_name, child in block.child_blocks.items():
            yield from _blocks_in(f"{name}/{child_name}", child)
    elif isinstance(block, blocks.ListBlock):
        yield from _blocks_in(f"{name}/item", block.child_block)


def is_numeric(field: Any) -> bool:
    return isinstance(field, NUMERIC) and not (field.is_relation or field.primary_key)


def is_numeric_block(block: Any) -> bool:
    return isinstance(block, blocks.IntegerBlock | blocks.FloatBlock | blocks.DecimalBlock)


def choices_of(thing: Any) -> list[str]:
    """The stored values of a field's or block's choices, in order."""
    if isinstance(thing, BaseChoiceBlock):
        return sorted(str(value) for value, _ in thing.field.choices if value)
    if thing.is_relation or isinstance(thing, models.BooleanField):
        return []
    choices = thing.flatchoices or getattr(thing.formfield(), "choices", None) or []
    return sorted(str(value) for value, _ in choices if value != "")


def found_numbers() -> set[str]:
    numbers = {name for name, field in own_fields() if is_numeric(field)}
    return numbers | {name for name, block in own_blocks() if is_numeric_block(block)}


def found_choices() -> dict[str, list[str]]:
    fields = {n: choices_of(f) for n, f in own_fields() if not isinstance(f, StreamField)}
    in_blocks = {n: choices_of(b) for n, b in own_blocks() if isinstance(b, BaseChoiceBlock)}
    return {name: values for name, values in {**fields, **in_blocks}.items() if values}


def test_every_number_is_reviewed() -> None:
    for name in sorted(found_numbers() - set(REVIEWED["numbers"])):
        pytest.fail(WHAT_TO_DO.format(field=name))


def test_every_choice_is_reviewed() -> None:
    reviewed = REVIEWED["choices"]
    for name, values in found_choices().items():
        if sorted(reviewed.get(name, {}).get("values", [])) != values:
            pytest.fail(WHAT_TO_DO.format(field=f"{name} with {values}"))


def test_the_list_names_nothing_that_is_gone() -> None:
    assert set(REVIEWED["numbers"]) - found_numbers() == set()
    assert set(REVIEWED["choices"]) - set(found_choices()) == set()


def test_every_line_of_the_list_says_what_it_is_for() -> None:
    assert all(REVIEWED["numbers"].values())
    assert all(row["why"] for row in REVIEWED["choices"].values())


def test_no_name_or_choice_speaks_of_grades() -> None:
    labels = [(name, name.rsplit(".", 1)[-1]) for name, _ in own_fields()]
    for name, field in own_fields():
        labels += [(name, str(label)) for _, label in getattr(field, "flatchoices", [])]
    for name, label in labels:
        words = label.lower().replace("_", " ")
        grading = [
            word for word in GRADING if word in words.split() or (" " in word and word in words)
        ]
        assert not grading, WHAT_TO_DO.format(field=f"{name} ({label})")
