"""Names of teams. Many are ordinary words, so that only a whole name as it is written counts as one."""

import re
from collections.abc import Iterable, Iterator

from learning.disclosure.folding import fold
from learning.disclosure.kinds import Kind, Span

_BESIDE = r"teams?"


def patterns_of(names: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """What to look for, the longest names first: a short one may stand in a long one.

    A name of several words is looked for in its own capitals, and any name in whatever letters with “team”
    beside it: a team called “North” marks “the North team” and no other north.
    """
    spelt = {" ".join(fold(name).text.split()) for name in names}
    return tuple(_pattern(name) for name in sorted(spelt - {""}, key=len, reverse=True))


def _pattern(name: str) -> re.Pattern[str]:
    bare = re.sub(rf"^(?:the )|(?: {_BESIDE})$", "", name, flags=re.I) or name
    words = r"\s+".join(map(re.escape, bare.split()))
    ways = [rf"(?i:{words}\s+{_BESIDE})", rf"(?i:team)\s+{words}"]
    if " " in bare and bare[0].isupper():
        ways.append(words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")


def find(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[Span]:
    """Where a team is named."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.TEAM_NAME)
