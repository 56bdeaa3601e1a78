"""`find_identifiers`: what in a text could give somebody away (domain.md D7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from learning.disclosure import (
    contacts,
    dates,
    names,
    numbers,
    places,
    references,
    team_names,
    terms,
    wording,
)
from learning.disclosure.folding import fold
from learning.disclosure.kinds import Span
from learning.disclosure.models import CaseNumberShape, LocalPlace
from learning.disclosure.names import PhraseBook, each_of, ways_to_write
from learning.people.models import StaffMember, Team


@dataclass(frozen=True)
class LocalKnowledge:
    """What only the service knows. Read once for many texts; empty by itself."""

    staff: PhraseBook = field(default_factory=lambda: PhraseBook(()))
    places: PhraseBook = field(default_factory=lambda: PhraseBook(()))
    shapes: tuple[re.Pattern[str], ...] = ()
    teams: tuple[re.Pattern[str], ...] = ()


def local_knowledge() -> LocalKnowledge:
    """Names of staff, places, shapes of case numbers and active teams as they stand now; four queries."""
    people = StaffMember.objects.values_list("first_name", "last_name", "also_called")
    listed = LocalPlace.objects.values_list("name", "also_called")
    return LocalKnowledge(
        staff=PhraseBook(way for person in people for way in ways_to_write(*person)),
        places=PhraseBook(way for name, others in listed for way in (name, *each_of(others))),
        shapes=tuple(
            references.shape_of(sample)
            for sample in CaseNumberShape.objects.values_list("sample", flat=True)
        ),
        teams=team_names.patterns_of(
            Team.objects.filter(is_active=True).values_list("name", flat=True)
        ),
    )


def find_identifiers(text: str, known: LocalKnowledge | None = None) -> list[Span]:
    """Everything in the text that could give somebody away, in order and without overlaps.

    Without `known` the service's own names and places are read now; give it for many texts.
    """
    folded = fold(text)
    known = known or local_knowledge()
    taken, kept = bytearray(len(folded.text)), []
    for span in _found(folded.text, known):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"x" * (span.end - span.start)
            kept.append(span)
    return sorted(Span(*folded.original(span.start, span.end), span.kind) for span in kept)


def _found(text: str, known: LocalKnowledge) -> Iterator[Span]:
    """The surest first: where two overlap, the earlier one stays."""
    yield from numbers.find(text)
    yield from references.find(text, known.shapes)
    yield from dates.find(text)
    yield from contacts.find(text)
    yield from names.find(text, staff=known.staff, places=known.places)
    yield from team_names.find(text, known.teams)
    yield from places.find(text)
    yield from wording.find(text)
    yield from terms.find(text)
