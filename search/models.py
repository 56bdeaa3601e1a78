"""The tables of search, gathered where Django looks for them."""

from search.ledger.models import IndexBuild, LedgerRow, Projection, ProjectionValue
from search.reports.models import FruitlessSearch
from search.words.models import BestBet, Exclusion, StemOverride, SynonymEntry, WordsSnapshot

__all__ = [
    "BestBet",
    "Exclusion",
    "FruitlessSearch",
    "IndexBuild",
    "LedgerRow",
    "Projection",
    "ProjectionValue",
    "StemOverride",
    "SynonymEntry",
    "WordsSnapshot",
]
