"""The documents of pages that a person may see at this moment."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from search.ledger.documents import Document
from search.ledger.models import Projection


def visible_documents(user: Any, page_ids: Iterable[int]) -> dict[int, Document]:
    """Those of the pages that are live and open to the person now, each as it was last built. One
    query."""
    wanted = list(page_ids)
    if not wanted:
        return {}
    pages = visible_to(user, Page.objects.filter(pk__in=wanted))
    rows = Projection.objects.filter(page_id__in=pages.values("pk"), gone=False)
    return dict(rows.values_list("page_id", "document"))
