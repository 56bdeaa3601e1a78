"""Pages that an index still opens although their reader may read them no more.

Between a change and the drain that follows it, an index is behind. Hits are checked against the database
one by one; totals, facets and spellings cannot be, so that these pages are left out of the question.
"""

from typing import Any

from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from search.ledger.models import LedgerRow


def closed_meanwhile(user: Any) -> frozenset[int]:
    """Pages whose documents are behind and that this person may not read as they stand now: one query."""
    behind = LedgerRow.objects.filter(dirty=True)
    readable = visible_to(user, Page.objects.filter(pk__in=behind.values("page_id")))
    closed = behind.exclude(page_id__in=readable.order_by().values("pk"))
    return frozenset(closed.values_list("page_id", flat=True))
