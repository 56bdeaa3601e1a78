"""Choosing themes: seventy and more of them, by family, with those that are likely first.

One theme is a list by family; several are boxes, of which a closed family shows only its name. A script adds
a field that finds a theme by what people call it; without the script each family opens by itself.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from learning.vocabulary.choices import ThemeGroup
from learning.vocabulary.models import Theme

LIKELY = "Used in this audit already"


class ThemesByFamily(ModelChoiceIterator):
    """The choices of a field, grouped: first those that are likely, then each family. One query."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield ("", field.empty_label)
        likely = {theme.pk: theme for theme in getattr(field, "likely", ())}
        themes = list(self.queryset)
        if found := [theme for theme in likely.values() if theme in themes]:
            yield (LIKELY, [self.choice(theme) for theme in found])
        left = sorted((theme for theme in themes if theme.pk not in likely), key=_place)
        for family, members in groupby(left, key=lambda theme: theme.group):
            yield (ThemeGroup(family).label, [self.choice(theme) for theme in members])


def _place(theme: Theme) -> tuple[int, str]:
    return ThemeGroup.values.index(theme.group), theme.code


class ThemePicker(forms.CheckboxSelectMultiple):
    """Boxes in families that open; a family with a ticked box is open."""

    template_name = "forms/widgets/theme_picker.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["families"] = [
            {
                "name": family,
                "options": options,
                "chosen": sum(option["selected"] for option in options),
                "is_likely": family == LIKELY,
            }
            for family, options, _ in context["widget"]["optgroups"]
        ]
        return context

    def create_option(
        self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """With what people call the theme, for the field that finds one."""
        option = super().create_option(name, value, label, *args, **kwargs)
        theme = getattr(value, "instance", None)
        if theme is not None and theme.also_called:
            option["attrs"]["data-also"] = ", ".join(theme.also_called)
        return option


class ThemesField(forms.ModelMultipleChoiceField):
    """Any number of themes, or at most `most`."""

    iterator = ThemesByFamily
    widget = ThemePicker

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Theme.objects.filter(is_active=True))
        super().__init__(**kwargs)
        self.most = most
        self.likely: list[Theme] = []

    def put_first(self, themes: Iterable[Theme]) -> None:
        """These stand before the families, and are seen without opening one."""
        self.likely = list(themes)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if self.most is not None and len(chosen) > self.most:
            raise forms.ValidationError(f"Choose no more than {self.most} themes.")
        return chosen


class ThemeField(forms.ModelChoiceField):
    """One theme, from a list by family."""

    iterator = ThemesByFamily

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Theme.objects.filter(is_active=True))
        super().__init__(**kwargs)
