"""Fields that several page types share."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField

from audit_pages.pages.subjects import subjects_of
from learning.vocabulary.choices import AgeBand
from learning.vocabulary.models import AreaOfWork

is_quarter = RegexValidator(
    r"^20\d\d-Q[1-4]$", "Write the quarter as year, hyphen, Q and its number, such as 2026-Q3."
)


class AgeBandsField(models.JSONField):
    """A list of age bands, chosen by ticking; an exact age is never stored (domain.md D7)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=AgeBand.choices,
            required=not self.blank,
            label=self.verbose_name.capitalize() if self.verbose_name else "Age bands",
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def rich(help_text: str, *, blank: bool = True) -> RichTextField:
    """A rich text field of the portal's plain kind."""
    return RichTextField(blank=blank, help_text=help_text)


def quarter_field(**kwargs: Any) -> models.CharField:
    return models.CharField(
        max_length=7,
        validators=[is_quarter],
        help_text="The quarter of the practice days, such as 2026-Q3.",
        **kwargs,
    )


class PracticeMixin(models.Model):
    """What kind of work a page tells of."""

    areas_of_work = ParentalManyToManyField(AreaOfWork, blank=True, related_name="+")
    age_bands = AgeBandsField()

    class Meta:
        abstract = True

    @cached_property
    def area_list(self) -> list[AreaOfWork]:
        return list(self.areas_of_work.all())

    @classmethod
    def read_together(cls, pages: list[Any]) -> None:
        """Themes and areas of work of many pages in two queries."""
        models.prefetch_related_objects(pages, "themes", "areas_of_work")

    def read_to_show(self) -> None:
        """Its themes and areas of work at once."""
        vars(self).update(zip(("theme_list", "area_list"), subjects_of(self), strict=True))

    def age_band_labels(self) -> list[str]:
        labels = dict(AgeBand.choices)
        return [labels.get(band, band) for band in self.age_bands]

    def practice_facets(self) -> dict[str, tuple[str, ...]]:
        return {
            "areas_of_work": tuple(sorted(area.code for area in self.area_list)),
            "age_bands": tuple(self.age_bands),
        }
