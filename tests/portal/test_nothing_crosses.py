"""No run of words of the restricted side stands in any table of the published side (domain.md invariant 2).

Asked of the whole database: a model that is new to `learning` counts as restricted until it is named here,
and every table that is not restricted is read, with revisions, tasks, sessions, logs and the index.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from portal.demo.audits.loading import load_audits
from search.ledger.draining import drain

pytestmark = pytest.mark.django_db

OPEN_WORDS = {
    "AuditProgramme", "AreaOfWork", "Board", "CountdownTask", "CycleFocus", "GlossaryTerm", "PracticeStandard",
    "PreparationReview", "ProFormaSection", "ProFormaVersion", "StaffMember", "Team", "Theme", "TimetableEntry",
}  # fmt: skip
"""Models of `learning` whose words anybody may read."""

RUN = 8
"""Words in a row that nobody writes twice by chance."""

Runs = set[tuple[str, ...]]


@pytest.fixture(scope="module")
def crossed(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Runs, Runs]]:
    """The runs of words of the restricted side, and those that came to the published side with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = runs_of(published_models())
        load_audits()
        drain()
        yield runs_of(restricted_models()), runs_of(published_models()) - before
        transaction.set_rollback(True)


def restricted_models() -> list[type[models.Model]]:
    found = apps.get_app_config("learning").get_models(include_auto_created=True)
    return [model for model in found if model.__name__ not in OPEN_WORDS]


def published_models() -> list[type[models.Model]]:
    restricted = set(restricted_models())
    everything = apps.get_models(include_auto_created=True)
    return [m for m in everything if m not in restricted and not m._meta.proxy and m._meta.managed]


def runs_of(found: list[type[models.Model]]) -> Runs:
    """Every run of words in every text of these models' tables."""
    return {run for model in found for text in texts_in(model) for run in runs_in(text)}


def texts_in(model: type[models.Model]) -> Iterator[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    fields = [f for f in model._meta.local_concrete_fields if isinstance(f, kinds)]
    names = [field.attname for field in fields if not field.choices]
    for row in model._base_manager.values_list(*names).iterator() if names else ():
        for value in row:
            yield (
                value
                if isinstance(value, str)
                else json.dumps(value, ensure_ascii=False, default=str)
            )


def runs_in(text: str) -> Iterator[tuple[str, ...]]:
    words = text.casefold().split()
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def test_no_restricted_words_stand_on_the_published_side(crossed: tuple[Runs, Runs]) -> None:
    restricted, arrived = crossed
    assert len(restricted) > 20_000  # the stories of the borough were read
    assert [" ".join(run) for run in sorted(restricted & arrived)[:5]] == []


def test_what_did_cross_would_be_seen(crossed: tuple[Runs, Runs]) -> None:
    """The same reading finds a sentence of an audit on a page."""
    from audit_pages.models import FindingPage
    from learning.submissions.models import SectionEntry

    restricted, _ = crossed
    words = SectionEntry.objects.exclude(means="").values_list("means", flat=True).first()
    page = FindingPage.objects.first()
    page.title = words[:250]
    page.save_revision()
    assert restricted & runs_of([type(page.latest_revision)])
