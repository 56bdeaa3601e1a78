"""What in words that people say to each other could give somebody away: pointed out, and never refused."""

from collections.abc import Iterable

from learning.disclosure.finding import LocalKnowledge, find_identifiers, local_knowledge
from learning.disclosure.kinds import Kind

LEFT_ALONE = frozenset({Kind.SMALL_COUNT, Kind.GRADE, Kind.WEB_ADDRESS})
"""“Two pairs said” is how people talk of a day; grades are another rule’s."""


def hints_in(texts: Iterable[str], known: LocalKnowledge | None = None) -> list[str]:
    """What in these words could give a child, a family or a colleague away, a sentence each.

    `known` are names and places of the service; without it they are read now.
    """
    known = known or local_knowledge()
    return [
        f"“{text[span.start : span.end]}” ({span.label.lower()}). {span.advice}"
        for text in texts
        for span in find_identifiers(text, known)
        if span.kind not in LEFT_ALONE
    ]
