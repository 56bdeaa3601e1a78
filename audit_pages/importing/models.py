"""Findings of others, loaded from a file: batches, rows, and themes suggested for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django_fsm import FSMModelMixin, transition
from wagtail.models import Page, Revision

from audit_pages.importing.states import WORKING, BatchState, Outcome, Result
from learning.events.states import StateField
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


class DismissedTheme(models.Model):
    """A suggestion that an editor turned down: it is not made again for this page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dismissed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "theme"], name="theme_dismissed_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme} not on page {self.page_id}"


class SuggestionRun(models.Model):
    """Themes suggested anew for every imported finding, after the vocabulary changed. One at a time."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_running = models.BooleanField(default=True)
    findings_total = models.PositiveIntegerField(default=0)
    findings_done = models.PositiveIntegerField(default=0)
    last_page_id = models.PositiveIntegerField(
        default=0, help_text="A run that was cut short goes on after this page."
    )
    added_count = models.PositiveIntegerField(default=0)
    removed_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_running"],
                condition=models.Q(is_running=True),
                name="one_suggestion_run_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Suggestions of {self.started_at:%Y-%m-%d %H:%M}"


class ImportBatch(FSMModelMixin, models.Model):
    """One load of one file. Its drafts are approved together, once, by somebody else (E7)."""

    source_name = models.CharField("source", max_length=120)
    attribution = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    licence_url = models.URLField("address of the licence", blank=True)
    source_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=dict, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: loaded by an operator at the command line.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = StateField(default=BatchState.LOADING, choices=BatchState.choices)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why the file could not be read.")
    warnings = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=[BatchState.APPROVING, BatchState.APPROVED])
                | models.Q(imported_by__isnull=True)
                | ~models.Q(imported_by=models.F("decided_by")),
                name="batch_approved_by_another",
            ),
            models.UniqueConstraint(
                Lower("source_name"),
                "file_digest",
                condition=models.Q(state=BatchState.LOADING),
                name="batch_loading_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk} from {self.source_name}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_waiting(self) -> bool:
        return self.state == BatchState.WAITING

    @property
    def drafts_count(self) -> int:
        """New and changed findings that the batch brought."""
        return self.created_count + self.updated_count

    # --- Transitions --------------------------------------------------------------------------
    @transition(field=state, source=BatchState.LOADING, target=BatchState.FAILED)
    def fail(self, problem: str) -> None:
        self.problem = problem

    @transition(field=state, source=BatchState.LOADING, target=BatchState.WAITING)
    def wait_for_approval(self) -> None:
        """Every row has been read, and some of them brought a draft."""

    @transition(field=state, source=BatchState.LOADING, target=BatchState.NOTHING_NEW)
    def end_with_nothing_new(self) -> None:
        """Every row has been read, and none of them brought a draft."""

    @transition(field=state, source=BatchState.WAITING, target=BatchState.APPROVING)
    def begin_approval(self, *, by: Any) -> None:
        self._decide(by)

    @transition(field=state, source=BatchState.APPROVING, target=BatchState.APPROVED)
    def end_approval(self) -> None:
        """Each draft was published, or left with its reason."""

    @transition(field=state, source=BatchState.APPROVED, target=BatchState.WITHDRAWING)
    def begin_withdrawal(self) -> None:
        """Its findings are taken down."""

    @transition(field=state, source=BatchState.WITHDRAWING, target=BatchState.WITHDRAWN)
    def end_withdrawal(self) -> None:
        """None of its findings is live through this batch any more."""

    @transition(
        field=state,
        source=[BatchState.WAITING, BatchState.LOADING],
        target=BatchState.REJECTING,
    )
    def begin_rejection(self, *, by: Any) -> None:
        self._decide(by)

    @transition(field=state, source=BatchState.REJECTING, target=BatchState.REJECTED)
    def end_rejection(self) -> None:
        """Its drafts are gone."""

    def _decide(self, by: Any) -> None:
        self.decided_by = by
        self.decided_at = timezone.now()


class ImportFile(models.Model):
    """The file of a batch that is still being loaded; gone when its rows are in."""

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"File of batch {self.batch_id}"


class ImportRow(models.Model):
    """What one row of a batch brought, or why it was turned away. It holds none of its text."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(
        null=True, help_text="As a spreadsheet counts. Empty: a section page that the rows needed."
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    digest_before = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, default=Result.PENDING)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"Row {self.number} of batch {self.batch_id}"


class ImportedItem(models.Model):
    """A finding of a source as it was last loaded: one page for one reference, whatever is run."""

    source = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=80)
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="imported_item")
    digest = models.CharField(max_length=64)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_with_batch = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="imported_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.reference} on page {self.page_id}"
