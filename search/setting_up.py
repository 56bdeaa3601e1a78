"""What search needs before the first question. Every step may be run again."""

import tomllib
from pathlib import Path

from wagtail.models import Page

from audit_pages.publishing.records import indexable_page_ids
from search.ledger.marking import mark_dirty
from search.ledger.models import LedgerRow
from search.ledger.targets import uses_elasticsearch
from search.rebuilding.services import ensure_index
from search.words.in_use import forget_words
from search.words.models import BestBet
from search.words.snapshots import put_in_use, snapshot_in_use, take_snapshot

STARTER_BEST_BETS = Path(__file__).parent / "starter" / "best_bets.toml"


def set_up() -> list[str]:
    """Does what is missing, and says what it did."""
    said = []
    if snapshot_in_use() is None:
        put_in_use(take_snapshot())
        said.append("The editors' synonyms are in use.")
    if added := add_starter_best_bets():
        said.append(f"{added} best bets added.")
    said += _first_index()
    unknown = set(indexable_page_ids()) - set(LedgerRow.objects.values_list("page_id", flat=True))
    if unknown:
        said.append(f"{mark_dirty(unknown)} pages wait for search_drain.")
    forget_words()
    return said or ["Search is ready."]


def add_starter_best_bets() -> int:
    """How many were added; none once editors have any, and none whose page is not there."""
    if BestBet.objects.exists():
        return 0
    wanted = tomllib.loads(STARTER_BEST_BETS.read_text(encoding="utf-8"))["best_bet"]
    slugs = {bet["slug"] for bet in wanted}
    live = dict(Page.objects.live().filter(slug__in=slugs).values_list("slug", "pk"))
    bets = [
        BestBet(query=bet["query"], page_id=live[bet["slug"]])
        for bet in wanted
        if bet["slug"] in live
    ]
    return len(BestBet.objects.bulk_create(bets, ignore_conflicts=True))


def _first_index() -> list[str]:
    if not uses_elasticsearch():
        return []
    name = ensure_index()
    return [f"Index {name} made."] if name else []
