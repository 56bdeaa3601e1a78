"""What readers leave behind: bookmarks, and whether a page was useful."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class Bookmark(models.Model):
    """A page that somebody wants to find again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks"
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"Bookmark of page {self.page_id}"


class UsefulAnswer(models.Model):
    """One reader's answer to “Was this useful?”; a later answer takes the place of the first."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    was_useful = models.BooleanField()
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-answered_at"]
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="useful_once")]

    def __str__(self) -> str:
        return f"Answer on page {self.page_id}"
