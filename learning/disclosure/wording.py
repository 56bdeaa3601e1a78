"""Words that count people out, and words that grade them."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings

from learning.disclosure.kinds import Kind, Span

_NUMBERS = (
    *(
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_PEOPLE = (
    r"(?:audits?|cases?|child(?:ren)?|famil(?:y|ies)|famil(?:y|ies)' views|parents?|carers?|mothers?|fathers?|"
    r"siblings|brothers|sisters|workers?|social workers?|young people|pairs?|households?|pupils)"
)
_SEVERAL = (
    r"(?:audits|cases|children|families|carers|mothers|fathers|siblings|brothers|sisters|workers|"
    r"social workers|young people|pairs|households|pupils)"
)
"""Not parents: that somebody has two tells nothing."""


def _few(least: int, limit: int) -> str:
    """The numbers from `least` to below the limit, in figures and words."""
    words = _NUMBERS[least - 1 : limit - 1]
    return "|".join([*(str(number) for number in range(least, limit)), *words])


@cache
def _counts(limit: int) -> list[re.Pattern[str]]:
    """How people count few people out, where `limit` is the least number that is shown."""
    ways = []
    if limit > 1:
        ways += [
            rf"(?:{_few(1, limit)}) (?:of|out of) (?:the |our )?(?:\d+|(?:ten|twelve|twenty|thirty)\S*)"
            rf"(?: {_PEOPLE})?",
            rf"(?:1|only one) (?:\w+ )?{_PEOPLE}\b",
        ]
    if limit > 2:
        ways.append(rf"(?:{_few(2, limit)}) (?:\w+ )?{_SEVERAL}\b")
    return [re.compile(rf"(?<![\w.,/\-]){way}", re.I) for way in ways]


_OF = re.compile(rf"(?<![\w.,/\-])(\d+) (?:of|out of) (?:the |our )?(\d+)(?: {_PEOPLE})?\b", re.I)

_VERDICT = (
    r"(?:outstanding|excellent|good|requires improvement|adequate|inadequate|satisfactory|"
    r"unsatisfactory|poor|weak|[a-e1-9](?![\w%]))"
)
_GRADES = (
    re.compile(
        rf"(?<![\w./])(\d{{1,3}}(?:\.\d)?) ?(?:/|out of) ?(5|10|100)(?![\w/])(?! {_PEOPLE})", re.I
    ),
    re.compile(
        rf"\b(?:graded|rated|scored|judged|grading|rating|grade|score)\b(?: it| this| us)?"
        rf"(?: (?:as|of|was|is|at|to be|overall)|:){{0,2}} [“\"']?{_VERDICT}",
        re.I,
    ),
    re.compile(r"\b(?:requires improvement|inadequate|unsatisfactory)\b", re.I),
    re.compile(r"\boutstanding (?:practice|work|service|support|audit|case)\b", re.I),
    re.compile(rf"\boverall,? (?:it |this |the \w+ )?(?:was |is |were )?{_VERDICT}\b", re.I),
    re.compile(rf"\b{_VERDICT} overall\b", re.I),
    re.compile(
        r"\b(?:rag|red|amber|green)[- ]rated\b|\brag rating\b|\b\w+ stars?\b(?= (?:rating|out))",
        re.I,
    ),
    re.compile(r"\b(?:was|were|is|are|as) outstanding(?=[.,;!]|$)", re.I),
)


def find(text: str) -> Iterator[Span]:
    """Counts of fewer people than the service shows, or of all but so few; grades, scores and verdicts."""
    limit = settings.PORTAL_SUPPRESS_BELOW
    yield from find_grades(text)
    for pattern in _counts(limit):
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.SMALL_COUNT)
    for match in _OF.finditer(text):
        count, total = int(match[1]), int(match[2])
        if 0 < total - count < limit or 0 < total < limit:
            yield Span(*match.span(), Kind.SMALL_COUNT)


def find_grades(text: str) -> Iterator[Span]:
    """Words and figures that say how good somebody was."""
    for pattern in _GRADES:
        for match in pattern.finditer(text):
            if match.lastindex != 2 or float(match[1]) <= float(match[2]):
                yield Span(*match.span(), Kind.GRADE)
