"""Words that count people out, and words that grade them."""

import re
from collections.abc import Iterator

from learning.disclosure.kinds import Kind, Span

FEWEST_SHOWN = 5
_FEW = r"(?:[1-4]|one|two|three|four)"
_PEOPLE = (
    r"(?:audits?|cases?|child(?:ren)?|famil(?:y|ies)|famil(?:y|ies)' views|parents?|carers?|mothers?|fathers?|"
    r"siblings|brothers|sisters|workers?|social workers?|young people|pairs?|households?|pupils)"
)
_SEVERAL = (
    r"(?:audits|cases|children|families|carers|mothers|fathers|siblings|brothers|sisters|workers|"
    r"social workers|young people|pairs|households|pupils)"
)
"""Not parents: that somebody has two tells nothing."""
_COUNTS = (
    re.compile(
        rf"(?<![\w.,/\-]){_FEW} (?:of|out of) (?:the |our )?(?:\d+|(?:ten|twelve|twenty|thirty)\S*)"
        rf"(?: {_PEOPLE})?",
        re.I,
    ),
    re.compile(rf"(?<![\w.,/\-])(?:[2-4]|two|three|four) (?:\w+ )?{_SEVERAL}\b", re.I),
    re.compile(rf"(?<![\w.,/\-])(?:1|only one) (?:\w+ )?{_PEOPLE}\b", re.I),
)
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
    """Counts of people from one to four, or of all but so few; then grades, scores and verdicts."""
    yield from find_grades(text)
    for pattern in _COUNTS:
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.SMALL_COUNT)
    for match in _OF.finditer(text):
        count, total = int(match[1]), int(match[2])
        if 0 < total - count < FEWEST_SHOWN or 0 < total < FEWEST_SHOWN:
            yield Span(*match.span(), Kind.SMALL_COUNT)


def find_grades(text: str) -> Iterator[Span]:
    """Words and figures that say how good somebody was."""
    for pattern in _GRADES:
        for match in pattern.finditer(text):
            if match.lastindex != 2 or float(match[1]) <= float(match[2]):
                yield Span(*match.span(), Kind.GRADE)
