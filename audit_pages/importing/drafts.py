"""Many findings written as drafts at once: the same rows that Wagtail writes one page at a time.

Saved singly, 3,340 findings cost tens of thousands of queries and queued index tasks. A test
compares what stands in the tables with what Wagtail's own `add_child` and `save_revision` leave.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS as DEFAULT
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backends

from audit_pages.importing.rows import CleanRow
from audit_pages.importing.titles import slug_of
from audit_pages.pages.base import PublishedPage
from audit_pages.pages.findings import ImportedFindingPage, ImportedSourcePage


def fill(page: ImportedFindingPage, row: CleanRow, source: ImportedSourcePage) -> None:
    """Put the row's words on the page, in memory."""
    page.title = row.title
    page.reference = row.reference
    page.source_label = source.title[:120]
    page.attribution = source.attribution
    page.licence = source.licence
    page.authority = row.authority
    page.section = row.section
    page.dated_on = row.dated_on
    page.statement_kind = row.statement_kind
    page.text = row.html


def create_drafts(
    rows: Iterable[CleanRow], *, year: Page, source: ImportedSourcePage, owner: Any
) -> list[ImportedFindingPage]:
    """A draft below `year` for each row, in order, with its revision. Needs a transaction."""
    parent = Page.objects.select_for_update().get(pk=year.pk)
    pages = _unsaved(list(rows), parent, source, owner)
    contents = [page.serializable_data() for page in pages]
    _insert(pages)
    _write_revisions(pages, contents, owner)
    log_pages(pages, "wagtail.create", owner)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    index_for_editors(pages)
    return pages


def index_for_editors(pages: list[ImportedFindingPage]) -> None:
    """Let the admin's own search find the pages; the portal's search has its ledger."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ImportedFindingPage, pages)


def log_pages(pages: Iterable[Any], action: str, user: Any, *, of_revision: bool = False) -> None:
    """One line in each page's history; `of_revision` names its latest revision in it."""
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=page.cached_content_type,
            label=page.get_admin_display_title(),
            action=action,
            timestamp=now,
            user=user,
            revision_id=page.latest_revision_id if of_revision else None,
            content_changed=action in ("wagtail.create", "wagtail.publish"),
        )
        for page in pages
    )


def _unsaved(
    rows: list[CleanRow], parent: Page, source: ImportedSourcePage, owner: Any
) -> list[ImportedFindingPage]:
    slugs = _free_slugs(rows, parent)
    pages = []
    for row, slug, path in zip(rows, slugs, _free_paths(parent, len(rows)), strict=True):
        page = ImportedFindingPage(slug=slug, owner=owner, live=False, locale_id=parent.locale_id)
        fill(page, row, source)
        page.draft_title = page.title
        page.path, page.depth = path, parent.depth + 1
        page.url_path = f"{parent.url_path}{slug}/"
        pages.append(page)
    return pages


def _free_slugs(rows: list[CleanRow], parent: Page) -> list[str]:
    """A slug for each row that no sibling has: its reference, and if need be part of a digest."""
    wanted = [slug_of(row.reference) for row in rows]
    taken = set(
        Page.objects.child_of(parent).filter(slug__in=wanted).values_list("slug", flat=True)
    )
    slugs = []
    for row, slug in zip(rows, wanted, strict=True):
        if not slug or slug in taken:
            slug = f"{slug}-{row.digest[:12]}".strip("-")
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _free_paths(parent: Page, count: int) -> list[str]:
    """The next `count` places among the parent's children."""
    last = Page.objects.child_of(parent).order_by("-path").first()
    paths = []
    for _ in range(count):
        path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
        last = Page(path=path, depth=parent.depth + 1)
        paths.append(path)
    return paths


def _insert(pages: list[ImportedFindingPage]) -> None:
    """A row for each page in each of the three tables, table by table."""
    base = [_part(page, Page) for page in pages]
    Page.objects.bulk_create(base)
    for page, inserted in zip(pages, base, strict=True):
        page.pk = page.id = page.page_ptr_id = page.publishedpage_ptr_id = inserted.pk
    _insert_own_fields(PublishedPage, pages)
    _insert_own_fields(ImportedFindingPage, pages)


def _insert_own_fields(model: Any, pages: list[ImportedFindingPage]) -> None:
    """What `bulk_create` would do, if it took models that inherit from another with a table."""
    fields = model._meta.local_concrete_fields
    model._base_manager._insert(pages, fields=fields, using=DEFAULT, raw=True)
    for page in pages:
        page._state.adding, page._state.db = False, DEFAULT


def _part(page: ImportedFindingPage, model: type[Page]) -> Page:
    return model(**{f.attname: getattr(page, f.attname) for f in model._meta.concrete_fields})


def _write_revisions(
    pages: list[ImportedFindingPage], contents: list[dict[str, Any]], user: Any
) -> None:
    own_type = ContentType.objects.get_for_model(ImportedFindingPage)
    base = ContentType.objects.get_for_model(Page)
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=own_type,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            user=user,
            object_str=str(page),
            content={**content, "pk": page.pk},
        )
        for page, content in zip(pages, contents, strict=True)
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.latest_revision_created_at = now
        page.has_unpublished_changes = True
    own = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())
    )
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=Subquery(own.values("pk")[:1]),
        latest_revision_created_at=now,
        has_unpublished_changes=True,
    )
