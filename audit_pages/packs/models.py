"""Packs: what somebody takes to a performance review day, slide by slide.

A pack holds references and the presenter's own words. The words of a page are read from the live page
each time the pack is shown or downloaded, so that withdrawn or private text cannot stay behind in it.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.models import Page

from audit_pages.pages.fields import is_quarter
from learning.vocabulary.models import Theme


class Pack(models.Model):
    """A set of slides that one person owns and may show to colleagues whom they name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="packs"
    )
    title = models.CharField(max_length=120)
    presented_on = models.DateField("date of the day", null=True, blank=True)
    presented_to = models.CharField(
        "who it is for",
        max_length=120,
        blank=True,
        help_text="A team or a meeting, if you know it.",
    )
    presenter = models.CharField(
        "your name on the first slide",
        max_length=120,
        blank=True,
        help_text="Leave this empty if the slides are to carry no name.",
    )
    quarter = models.CharField(max_length=7, blank=True, validators=[is_quarter])
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shared_with: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="packs_shared_with_me"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("audit_pages:packs:pack", args=[self.pk])


class Slide(models.Model):
    """One step of a pack. It may become several slides of a presentation, when its text is long."""

    class Kind(models.TextChoices):
        DAY_IN_A_LIFE = "day_in_a_life", "A day in a child's life"
        WHY_WE_LOOKED = "why_we_looked", "Why we looked"
        FAMILIES_TOLD_US = "families_told_us", "What children and parents told us"
        DID_WELL = "did_well", "What we did well"
        GET_BETTER_AT = "get_better_at", "What we must get better at"
        LIGHT_BULB = "light_bulb", "A light-bulb moment"
        GOOD_LOOKS_LIKE = "good_looks_like", "What good looks like"
        WHAT_CHANGED = "what_changed", "What changed since last time"
        WE_ASK = "we_ask", "What we will do, and what we ask of you"
        EXERCISE = "exercise", "Small-group exercise"
        PLEDGE = "pledge", "Our pledge"
        READ_MORE = "read_more", "Where to read more"
        OWN = "own", "A slide of your own"
        ITEM = "item", "From a page"
        TREND = "trend", "Trend of a theme"

    TEMPLATE_KINDS: ClassVar[tuple[str, ...]] = tuple(Kind.values[:12])
    """The twelve steps of a review day, in their order (domain.md G3)."""
    WRITTEN_KINDS: ClassVar[tuple[str, ...]] = tuple(Kind.values[:13])
    """What a presenter can add from the builder; the others are added from a page."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="slides")
    order = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rests_on_page = models.BooleanField(
        default=False,
        editable=False,
        help_text="Kept when the page itself is deleted, so that its absence can be told.",
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen_parts = models.JSONField(
        null=True, blank=True, help_text="Anchors of the page's parts to show; null: all of them."
    )
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=6000, blank=True)
    notes = models.TextField(max_length=6000, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return f"Slide {self.pk} of pack {self.pack_id}"

    @property
    def anchor(self) -> str:
        return f"slide-{self.pk}"

    @property
    def is_of_template(self) -> bool:
        return self.kind in self.TEMPLATE_KINDS

    @property
    def is_unwritten(self) -> bool:
        """A step of the template that has neither words nor a page yet."""
        waits = self.is_of_template and self.kind != self.Kind.READ_MORE
        return (waits or self.kind == self.Kind.OWN) and not (self.text or self.rests_on_page)
