"""What stands around a page: the sections of the portal and the pages above it, in one light query.

The menu, the breadcrumbs and the inherited owner are shown on every page, so no more of those pages
is read than is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Site

from learning.prepared import PreparedRead

SECTION_DEPTH = 3


@dataclass(frozen=True)
class PageLink:
    """As much of a page as a link to it shows."""

    page_id: int
    title: str
    url: str

    def get_url(self) -> str:
        """Its address on this site, asked as a page is asked."""
        return self.url


@dataclass(frozen=True)
class PageAround(PageLink):
    """A section, or a page above; `owner` is a name, empty when the page names nobody."""

    path: str
    depth: int
    live: bool
    contact: str
    owner: str

    @property
    def is_section(self) -> bool:
        return self.depth == SECTION_DEPTH


def address_of(url_path: str, roots: Iterable[Any]) -> str:
    """The address on this site of what stands at `url_path` in the tree."""
    for root in roots:
        if url_path.startswith(root.root_path):
            return f"/{url_path.removeprefix(root.root_path)}"
    return "/"


Neighbour = PageLink | None


def links_to(pages: QuerySet[Any]) -> list[PageLink]:
    """A link to each of the pages, in their order; one query that reads no more than is shown."""
    roots = Site.get_site_root_paths()
    return [
        PageLink(page_id, title, address_of(url_path, roots))
        for page_id, title, url_path in pages.values_list("pk", "title", "url_path")
    ]


def beside(series: QuerySet[Any], page_id: int) -> tuple[Neighbour, Neighbour]:
    """The pages before and after this one in the series; none where it is not among them."""
    links: list[Neighbour] = [None, *links_to(series), None]
    place = next((at for at, link in enumerate(links) if link and link.page_id == page_id), 0)
    return (links[place - 1], links[place + 1]) if place else (None, None)


def pages_around(path: str = "", steplen: int = 4) -> list[PageAround]:
    """The sections, and the pages above the one at `path` (home first), in tree order."""
    above = [path[:end] for end in range(2 * steplen, len(path), steplen)]
    roots = Site.get_site_root_paths()
    return [
        PageAround(
            pk, title, address_of(url_path, roots), path, depth, bool(live), contact, _name(*owner)
        )
        for pk, path, depth, live, title, url_path, contact, *owner in _rows_around.ask(*above)
    ]


@PreparedRead
def _rows_around(*above: Any) -> QuerySet[Any, Any]:
    """What `PageAround` shows of the sections and the pages at these paths."""
    from audit_pages.pages.base import PublishedPage

    rows = PublishedPage.objects.filter(Q(depth=SECTION_DEPTH) | Q(path__in=above)).order_by("path")
    return rows.values_list(
        "pk",
        "path",
        "depth",
        "live",
        "title",
        "url_path",
        "contact",
        "content_owner__first_name",
        "content_owner__last_name",
    )


def _name(first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip()
