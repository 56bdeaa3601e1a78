"""What a reader asked, and nothing of who they are. Its whole state stands in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlencode

FACETS = ("theme", "kind", "statement_kind", "area_of_work", "quarter", "level", "source")
SORTS = ("relevance", "newest")
LONGEST_TEXT = 300
MAXIMUM_PAGE = 1000
VALUES_PER_FACET = 30


class Parameters(Protocol):
    """What Django's QueryDict offers."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True)
class SearchQuery:
    """One search. `taken_off` holds keys of what was read from the text and the reader refused."""

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    sort: str = "relevance"
    include_suggested: bool = False
    synonyms: bool = True
    taken_off: frozenset[str] = frozenset()

    @classmethod
    def from_parameters(cls, parameters: Parameters) -> "SearchQuery":
        """The search that an address asks for; whatever it cannot mean is left out."""
        facets = {name: tidy_values(parameters.getlist(name)) for name in FACETS}
        sort = parameters.get("sort", "")
        return cls(
            text=tidy_text(parameters.get("q", "")),
            facets={name: values for name, values in facets.items() if values},
            page=page_number(parameters.get("page", "1")),
            sort=sort if sort in SORTS else "relevance",
            include_suggested=parameters.get("suggested", "") == "1",
            synonyms=parameters.get("synonyms", "") != "off",
            taken_off=frozenset(tidy_values(parameters.getlist("not_read"))),
        )

    def to_parameters(self) -> str:
        """The same search as the query part of an address; the first page and defaults are left
        unsaid."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self.facets.get(name, ())]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        pairs += [("suggested", "1")] if self.include_suggested else []
        pairs += [("synonyms", "off")] if not self.synonyms else []
        pairs += [("not_read", key) for key in sorted(self.taken_off)]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.facets

    def with_changes(self, **changes: object) -> "SearchQuery":
        """The same search changed, on its first page unless a page is given."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def toggling(self, facet: str, value: str) -> "SearchQuery":
        """With the facet value added, or taken off when it stood."""
        values = self.facets.get(facet, ())
        kept = tuple(v for v in values if v != value) if value in values else (*values, value)
        facets = {**self.facets, facet: kept}
        return self.with_changes(facets={name: chosen for name, chosen in facets.items() if chosen})


def tidy_text(text: str) -> str:
    """At most 300 characters, single spaces, nothing that does not print."""
    printable = "".join(
        letter if letter.isprintable() else " " for letter in text[: LONGEST_TEXT * 4]
    )
    return " ".join(printable.split())[:LONGEST_TEXT]


def tidy_values(values: Iterable[str]) -> tuple[str, ...]:
    """Values without blanks or repeats; never more than a page of facets can show."""
    tidied = (tidy_text(value) for value in values)
    return tuple(dict.fromkeys(value for value in tidied if value))[:VALUES_PER_FACET]


def page_number(text: str) -> int:
    """The page asked for, from 1; 1 when it is no number."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), MAXIMUM_PAGE)
