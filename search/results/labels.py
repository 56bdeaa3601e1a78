"""Facets and their values as a reader calls them."""

from audit_pages.pages.base import searched_page_types
from learning.vocabulary.choices import LearningLevel, StatementKind
from search.engines.contract import OWN_SOURCE
from search.queries.search_query import FACETS
from search.words.in_use import WordsInUse

FACET_TITLES = {
    "theme": "Theme",
    "kind": "Kind of page",
    "statement_kind": "Strength or development",
    "area_of_work": "Area of work",
    "quarter": "Quarter",
    "level": "How far it reaches",
    "source": "Source",
}
OPEN_AT_FIRST = ("theme", "kind")
NEWEST_FIRST = "quarter"


def kind_labels() -> dict[str, str]:
    """Each kind of page that is searched, in words."""
    return {model.kind: model.kind_label for model in searched_page_types() if model.kind}


class Labels:
    """What to call each value; built once for a page of results."""

    def __init__(self, words: WordsInUse) -> None:
        names = words.labels
        self._fixed = {
            "kind": kind_labels(),
            "statement_kind": dict(StatementKind.choices),
            "level": dict(LearningLevel.choices),
            "source": {OWN_SOURCE: "Our own learning"},
            "theme": {k.partition(":")[2]: v for k, v in names.items() if k.startswith("theme:")},
            "area_of_work": {
                k.partition(":")[2]: v for k, v in names.items() if k.startswith("area_of_work:")
            },
        }

    def of(self, facet: str, value: str) -> str:
        """The value in words; the value itself where there are none."""
        if facet == "quarter":
            return value.replace("-", " ")
        return str(self._fixed.get(facet, {}).get(value, value))

    def knows(self, facet: str, value: str) -> bool:
        """Whether the value can be one of this facet at all."""
        if facet == "quarter":
            year, _, number = value.partition("-Q")
            return year.isdigit() and len(year) == 4 and number in {"1", "2", "3", "4"}
        return facet == "source" or value in self._fixed[facet]

    def in_order(self, facet: str, values: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Values with the most pages first; quarters newest first."""
        if facet == NEWEST_FIRST:
            return sorted(values, reverse=True)
        return sorted(values, key=lambda pair: (-pair[1], self.of(facet, pair[0])))


def split_known(
    facets: dict[str, tuple[str, ...]], labels: Labels
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The choices that exist, and those that do not, said in words."""
    known: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for name in FACETS:
        values = facets.get(name, ())
        kept = tuple(value for value in values if labels.knows(name, value))
        unknown += [f"{FACET_TITLES[name]}: {v}" for v in values if v not in kept]
        if kept:
            known[name] = kept
    return known, unknown
