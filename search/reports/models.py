"""Searches that found nothing: the term and a fingerprint of who asked, and neither who nor when
to the minute."""

from django.db import models


class FruitlessSearch(models.Model):
    """A term that one person searched for in vain; `asked_by` can be compared for one term, and
    not traced."""

    term = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=64)
    last_on = models.DateField()

    class Meta:
        verbose_name = "search that found nothing"
        constraints = [
            models.UniqueConstraint(fields=["term", "asked_by"], name="search_fruitless_once")
        ]
        indexes = [models.Index(fields=["last_on"], name="search_fruitless_last")]

    def __str__(self) -> str:
        return self.term
