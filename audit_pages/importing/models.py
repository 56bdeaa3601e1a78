"""Findings of others, loaded from a file: batches, rows, and themes that were suggested for them."""

from django.conf import settings
from django.db import models
from wagtail.models import Page

from learning.vocabulary.models import Theme


class ThemeTag(models.Model):
    """A theme on an imported finding: suggested by its words until an editor confirms it.

    It stands beside the page and not in its revisions, so that many can be confirmed at once
    without touching anybody's text.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="theme_tags")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    is_confirmed = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["theme__code"]
        constraints = [models.UniqueConstraint(fields=["page", "theme"], name="theme_tag_once")]

    def __str__(self) -> str:
        return f"{self.theme} on page {self.page_id}"
