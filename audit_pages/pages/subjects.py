"""The themes and areas of work of a live page, in one slim query: every reader of it waits for them."""

from functools import cache
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value

from learning.prepared import PreparedRead


class Subject(NamedTuple):
    """As much of a theme or an area of work as a page shows."""

    code: str
    label: str


def subjects_of(page: Any) -> tuple[list[Subject], list[Subject]]:
    """Its themes by their code, and its areas of work in their order."""
    rows = sorted(_subjects_on(page.__class__).ask(page.pk))
    themes = [Subject(code, label) for kind, _, label, code in rows if kind == THEME]
    areas = [Subject(code, label) for kind, _, label, code in rows if kind == AREA]
    return sorted(themes), areas


AREA, THEME = "area", "theme"


@cache
def _subjects_on(model: Any) -> PreparedRead:
    """Kind, place, label and code of the subjects of a page of this type."""
    themes, areas = model.themes.through.objects, model.areas_of_work.through.objects

    @PreparedRead
    def read(page: Any) -> QuerySet[Any, Any]:
        its_themes = themes.filter(publishedpage=page).order_by()
        its_areas = areas.filter(**{model._meta.model_name: page}).order_by()
        return its_areas.values_list(
            Value(AREA, CharField()), "areaofwork__order", "areaofwork__label", "areaofwork__code"
        ).union(
            its_themes.values_list(
                Value(THEME, CharField()), Value(0), "theme__label", "theme__code"
            ),
            all=True,
        )

    return read
