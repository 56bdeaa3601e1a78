"""The sections that imported findings stand in: an index, a page for each source and year.

They begin as drafts too, and go live with the first batch that is approved below them.
"""

from typing import Any

from django.db.models.functions import Lower
from wagtail.models import Page, Site

from audit_pages.importing.models import ImportBatch, ImportRow
from audit_pages.importing.states import Outcome, Result
from audit_pages.pages.findings import ImportedIndexPage, ImportedSourcePage, ImportedYearPage

INDEX_TITLE = "Findings from elsewhere"


class NoHomePage(RuntimeError):
    """The portal has no home page that sections could stand under."""


def hold_sections() -> None:
    """Until the transaction ends, nobody else makes sections or loads findings into them."""
    Page.objects.select_for_update(no_key=True).filter(pk=_home().pk).first()


def find_source(name: str) -> ImportedSourcePage | None:
    """The page of the source with this name, however it is capitalised; live or draft."""
    sources = ImportedSourcePage.objects.annotate(lower=Lower("title"))
    return sources.filter(lower=name.strip().lower()).order_by("pk").first()


def need_source(batch: ImportBatch) -> ImportedSourcePage:
    """The page of the batch's source, made as a draft when it is the first of that source."""
    found = find_source(batch.source_name)
    if found is not None:
        return found
    return _add(
        batch,
        _need_index(batch),
        ImportedSourcePage(
            title=batch.source_name,
            summary=f"Findings that were published by {batch.source_name}.",
            attribution=batch.attribution,
            licence=batch.licence,
            licence_url=batch.licence_url,
        ),
    )


def need_year(batch: ImportBatch, source: Page, year: str) -> ImportedYearPage:
    """The page of that year below the source, made as a draft when it is missing."""
    found = ImportedYearPage.objects.child_of(source).filter(title=year).first()
    return found or _add(batch, source, ImportedYearPage(title=year))


def structure_of(batch: ImportBatch) -> list[ImportRow]:
    """Undecided sections above the batch's findings, whichever batch made them, from the top."""
    paths = set(batch.rows.exclude(page=None).values_list("page__path", flat=True))
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path), Page.steplen)}
    rows = ImportRow.objects.filter(outcome=Outcome.STRUCTURE, result=Result.PENDING)
    return list(
        rows.filter(page__path__in=above)
        .select_related("page", "revision")
        .order_by("page__depth", "page__path")
    )


def _need_index(batch: ImportBatch) -> Page:
    found = ImportedIndexPage.objects.order_by("path").first()
    return found or _add(batch, _home(), ImportedIndexPage(title=INDEX_TITLE))


def _home() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise NoHomePage("The portal has no home page yet.")
    return site.root_page


def _add(batch: ImportBatch, parent: Page, page: Any) -> Any:
    """The page as the last child, with a first revision that the batch's approval can publish."""
    page.owner = batch.imported_by
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision(user=batch.imported_by)
    ImportRow.objects.create(batch=batch, outcome=Outcome.STRUCTURE, page=page, revision=revision)
    return page
