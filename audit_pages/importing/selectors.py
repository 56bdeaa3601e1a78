"""Reads of what was imported."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from audit_pages.importing.models import DismissedTheme, ImportBatch, ImportRow, ThemeTag
from audit_pages.importing.states import DRAFTS, Outcome, Result
from audit_pages.pages.base import text_of
from learning.vocabulary.models import Theme


def batches() -> QuerySet[ImportBatch]:
    """Every batch, the newest first."""
    return ImportBatch.objects.select_related("imported_by", "decided_by")


def rejected_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    return batch.rows.filter(outcome=Outcome.REJECTED)


def left_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    return batch.rows.filter(result=Result.LEFT).select_related("page")


def drafted_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that brought a finding whose page still stands."""
    return batch.rows.filter(outcome__in=DRAFTS, page__isnull=False).select_related("page")


def undecided_count(batch: ImportBatch) -> int:
    """Rows that a decision in progress has yet to deal with."""
    waiting = Result.PUBLISHED if batch.state == "withdrawing" else Result.PENDING
    return batch.rows.filter(outcome__in=DRAFTS, result=waiting).count()


@dataclass(frozen=True)
class ThemeFilter:
    """Which themes on which imported findings; an empty value leaves nothing out."""

    state: str = "suggested"
    theme: str = ""
    source: str = ""
    year: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.theme or self.source or self.year)

    @property
    def is_of_pages(self) -> bool:
        """Whether the entries are findings that have no theme yet, rather than their themes."""
        return self.state == "none"

    def entries(self) -> QuerySet[Any]:
        """Tags, or what was turned down, in the order of themes and pages; or findings without
        either."""
        if self.is_of_pages:
            return self._without_theme()
        if self.state == "dismissed":
            found: QuerySet[Any] = DismissedTheme.objects.all()
        else:
            found = ThemeTag.objects.filter(is_confirmed=self.state == "confirmed")
        if self.theme:
            found = found.filter(theme__code=self.theme)
        for path in self._paths():
            found = found.filter(path)
        return found.select_related("theme", "page").order_by("theme__code", "page__path", "pk")

    def page_ids(self, entry_ids: list[int]) -> list[int]:
        """The findings that these entries are about."""
        if self.is_of_pages:
            return entry_ids
        return list(self.entries().filter(pk__in=entry_ids).values_list("page_id", flat=True))

    def _without_theme(self) -> QuerySet[Any]:
        from audit_pages.pages.findings import ImportedFindingPage

        found = ImportedFindingPage.objects.filter(theme_tags=None).exclude(text="")
        for path in self._paths("path"):
            found = found.filter(path)
        return found.order_by("path")

    def _paths(self, field: str = "page__path") -> list[Q]:
        from audit_pages.pages.findings import ImportedSourcePage, ImportedYearPage

        places = []
        if self.source:
            places.append(_below(ImportedSourcePage.objects.filter(title=self.source), field))
        if self.year:
            places.append(_below(ImportedYearPage.objects.filter(title=self.year), field))
        return places


def _below(pages: QuerySet[Any], field: str) -> Q:
    """Entries whose page stands below one of these; none when there is no such page."""
    below = Q(pk__in=[])
    for path in pages.values_list("path", flat=True):
        below |= Q(**{f"{field}__startswith": path})
    return below


def with_findings(entries: list[Any]) -> list[Any]:
    """The same entries, each with its `finding` and an `excerpt` of it."""
    from audit_pages.pages.findings import ImportedFindingPage

    for entry in entries:
        if isinstance(entry, ImportedFindingPage):
            entry.page, entry.page_id = entry, entry.pk
    found = ImportedFindingPage.objects.in_bulk({entry.page_id for entry in entries})
    for entry in entries:
        entry.finding = found.get(entry.page_id)
        entry.excerpt = text_of(entry.finding.text) if entry.finding else ""
    return entries


def source_names() -> list[str]:
    from audit_pages.pages.findings import ImportedSourcePage

    return list(ImportedSourcePage.objects.order_by("title").values_list("title", flat=True))


def year_names() -> list[str]:
    from audit_pages.pages.findings import ImportedYearPage

    return sorted(set(ImportedYearPage.objects.values_list("title", flat=True)), reverse=True)


def themes_in_use(state: str) -> list[Theme]:
    """Themes with at least one entry in that state."""
    if ThemeFilter(state=state).is_of_pages:
        return []
    used = ThemeFilter(state=state).entries().order_by().values("theme_id").distinct()
    return list(Theme.objects.filter(pk__in=used))


def imported_count() -> int:
    """Imported findings that have words, drafts included: those that themes are suggested for."""
    from audit_pages.pages.findings import ImportedFindingPage

    return ImportedFindingPage.objects.exclude(text="").count()
