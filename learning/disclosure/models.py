"""What only the service knows: its places, and the shapes of its case numbers."""

from django.core.exceptions import ValidationError
from django.db import models


class LocalPlace(models.Model):
    """A place that would tell readers who is meant: an estate, a school, a park, a club."""

    name = models.CharField(
        max_length=120, unique=True, help_text="As people write it, for example “Mill Lane Estate”."
    )
    also_called = models.CharField(
        max_length=250,
        blank=True,
        help_text="What else people call it, with commas between, for example “Mill Lane flats, MLE”.",
    )
    write_instead = models.CharField(
        max_length=120, blank=True, help_text="For example: “the estate”, “school”."
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "local place"

    def __str__(self) -> str:
        return self.name


class CaseNumberShape(models.Model):
    """What a number in the council's case system looks like."""

    sample = models.CharField(
        max_length=40,
        unique=True,
        help_text="# for a digit, @ for a letter, anything else as it stands: “LCS ######”.",
    )
    system = models.CharField(
        max_length=80, blank=True, help_text="Which system gives such numbers."
    )

    class Meta:
        ordering = ["sample"]
        verbose_name = "shape of case numbers"
        verbose_name_plural = "shapes of case numbers"

    def __str__(self) -> str:
        return self.sample

    def clean(self) -> None:
        super().clean()
        if self.sample.count("#") < 3:
            raise ValidationError(
                {
                    "sample": "Give at least three digits (###): a shorter shape would meet other words."
                }
            )
