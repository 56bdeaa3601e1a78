"""What stands around a page: the sections of the portal and the pages above it, in one light query.

The menu, the breadcrumbs and the inherited owner are shown on every page, so no more of those pages
is read than is shown.
"""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Site

SECTION_DEPTH = 3


@dataclass(frozen=True)
class PageAround:
    """A section, or a page above; `owner` is a name, empty when the page names nobody."""

    path: str
    depth: int
    live: bool
    title: str
    url_path: str
    contact: str
    owner: str

    @property
    def is_section(self) -> bool:
        return self.depth == SECTION_DEPTH

    def get_url(self) -> str:
        """Its address on this site."""
        for root in Site.get_site_root_paths():
            if self.url_path.startswith(root.root_path):
                return f"/{self.url_path.removeprefix(root.root_path)}"
        return "/"


def pages_around(path: str = "", steplen: int = 4) -> list[PageAround]:
    """The sections, and the pages above the one at `path` (home first), in tree order."""
    from audit_pages.pages.base import PublishedPage

    above = [path[:end] for end in range(2 * steplen, len(path), steplen)]
    rows = PublishedPage.objects.filter(Q(depth=SECTION_DEPTH) | Q(path__in=above)).order_by("path")
    read = rows.values_list(
        "path",
        "depth",
        "live",
        "title",
        "url_path",
        "contact",
        "content_owner__first_name",
        "content_owner__last_name",
    )
    return [
        PageAround(
            path, depth, live, title, url_path, contact, f"{first or ''} {last or ''}".strip()
        )
        for path, depth, live, title, url_path, contact, first, last in read
    ]
