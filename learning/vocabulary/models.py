"""The words by which learning is found: themes, areas of work, practice standards, the glossary."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import RevisionMixin

from learning.vocabulary.choices import ThemeGroup


def only_words(value: Any) -> None:
    """Refuses whatever is not a list of words and phrases, as “also called” is written."""
    if not (
        isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)
    ):
        raise ValidationError('Write a list, each in quotation marks: ["first", "second"].')


class Theme(RevisionMixin, models.Model):
    """A theme of the taxonomy (domain.md C5). The code never changes; the label may."""

    code = models.CharField(max_length=8, unique=True)
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=20, choices=ThemeGroup.choices)
    scope_note = models.TextField(help_text="What belongs here, in a sentence or two.")
    also_called = models.JSONField(
        default=list,
        blank=True,
        validators=[only_words],
        help_text="Words and phrases that people use for it. They suggest this theme for a text, "
        "and lead a search to it.",
    )
    cin_factors = models.JSONField(
        "census factors", default=list, blank=True, help_text="Codes of the CIN census, if any."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def names(self) -> list[str]:
        """The label and everything it is also called."""
        return [self.label, *self.also_called]


class AreaOfWork(RevisionMixin, models.Model):
    """An area of work that every cycle covers (domain.md A9)."""

    code = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "label"]
        verbose_name_plural = "areas of work"

    def __str__(self) -> str:
        return self.label


class PracticeStandard(RevisionMixin, models.Model):
    """What the service has promised children; a finding may name the one it bears on (A69)."""

    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(RevisionMixin, models.Model):
    """A word or abbreviation, explained to a newcomer."""

    term = models.CharField(max_length=120, unique=True)
    abbreviation = models.CharField(max_length=20, blank=True)
    meaning = models.TextField()
    also_called = models.JSONField(
        default=list,
        blank=True,
        validators=[only_words],
        help_text="Words and phrases that people use for it. They stand beside it in the glossary, "
        "and lead a search there.",
    )

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return f"{self.term} ({self.abbreviation})" if self.abbreviation else self.term
