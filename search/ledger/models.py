"""The ledger (what must be indexed) and the projection (each document as it was last built).

They are two tables, so that publishing locks only a short ledger row. Neither holds a key to pages:
a row outlives its page as a tombstone.
"""

from django.db import models
from django.db.models import Q


class LedgerRow(models.Model):
    """Whether one page's document is behind, who is at it, and what happened last."""

    page_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(default=1)
    dirty = models.BooleanField(default=True)
    dirty_since = models.DateTimeField()
    deleted = models.BooleanField(default=False)
    claimed_by = models.CharField(max_length=40, blank=True, default="")
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    parked = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, blank=True, default="")
    indexed_version = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    indexed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "index ledger row"
        indexes = [
            models.Index(
                fields=["dirty_since"], condition=Q(dirty=True), name="search_ledger_dirty"
            )
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} at version {self.version}"


class Projection(models.Model):
    """A document as built from its page; `gone` keeps the version of one that is no longer
    published."""

    page_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField()
    gone = models.BooleanField(default=False)
    title = models.TextField(blank=True, default="")
    folded_title = models.TextField(blank=True, default="")
    dated_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    document = models.JSONField(default=dict)
    built_at = models.DateTimeField()

    class Meta:
        verbose_name = "document as built"
        indexes = [models.Index(fields=["-dated_on", "page_id"], name="search_projection_newest")]

    def __str__(self) -> str:
        return f"document of page {self.page_id}"


class ProjectionValue(models.Model):
    """One value of one field of a document: access token, theme, kind, quarter and so on."""

    page_id = models.BigIntegerField()
    field = models.CharField(max_length=24)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = "document value"
        constraints = [
            models.UniqueConstraint(fields=["page_id", "field", "value"], name="search_value_once")
        ]
        indexes = [models.Index(fields=["field", "value", "page_id"], name="search_value_pages")]

    def __str__(self) -> str:
        return f"{self.field} of page {self.page_id}"


class IndexBuild(models.Model):
    """An Elasticsearch index that we made; the drainer writes to each that is building or live."""

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"
        PREVIOUS = "previous"

    name = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.BUILDING)
    snapshot = models.ForeignKey("search.WordsSnapshot", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    swapped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "index build"

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
