"""What a question of the form must not ask: grades, and what compliance figures answer elsewhere.

Grades are refused (domain.md A34); counts and timescales are pointed out, and stay only with a reason (A74).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from learning.disclosure.wording import find_grades

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|ten|fifteen|twenty|thirty)"

_GRADES = (
    re.compile(
        r"(?<!\bno )(?<!\bnot )(?<!\bnever )(?<!\bwithout )"
        r"\b(?:grad(?:e[sd]?|ing)|scor(?:e[sd]?|ing)|ratings?|rated|rank(?:ed|ing)?s?)\b",
        re.I,
    ),
    re.compile(r"\brate (?:it|this|the|their|our|how|practice|work)\b", re.I),
    re.compile(r"\b(?:give|gives) (?:it |this )?(?:a|an) (?:grade|score|rating|mark)\b", re.I),
    re.compile(
        rf"\bon a scale\b|\bscale (?:of|from)\b|\b(?:out of|of a possible) {_NUMBER}\b", re.I
    ),
    re.compile(r"\b(?:from )?(?:0|1|one) ?(?:-|–|to) ?(?:4|5|10|100|four|five|ten)\b", re.I),
    re.compile(rf"\b{_NUMBER} stars?\b|[★⭐]", re.I),
    re.compile(r"\b(?:outstanding|(?:in)?adequate(?:ly)?|(?:un)?satisfactory)\b", re.I),
    re.compile(r"\b(?i:requir(?:es?|ing)|needs?) improvement\b|\bR\.?I\.?G?\b|\bRAG\b"),
    re.compile(r"\bred,? (?:or )?(?:amber|green)\b|\bamber\b", re.I),
    re.compile(r"\bhow good\b|\bgood enough\b|\bgood,? (?:or )?(?:bad|poor|fair|weak)\b", re.I),
    re.compile(
        r"\b(?:is|was|are|were) (?:the |this |our |their )?[a-z]+ (?:good|poor|weak)\b", re.I
    ),
    re.compile(r"\b(?:fully|partly|partially) met\b|\bmet ?/ ?(?:not|partly)\b", re.I),
)


@dataclass(frozen=True)
class Matter:
    """Something that compliance figures answer: how it sounds, and what to ask instead."""

    pattern: re.Pattern[str]
    why: str


_MATTERS = (
    Matter(
        re.compile(r"\bhow (?:many|often|frequent(?:ly)?)\b|\bnumber of\b|\btotal\b", re.I),
        "It asks for a count. Ask what was seen or heard, and what it meant for the child.",
    ),
    Matter(
        re.compile(r"%|\bper ?cent(?:age)?\b|\bproportion\b", re.I),
        "It asks for a share. One audit is about one child: ask what was different for this one.",
    ),
    Matter(
        re.compile(
            rf"\btime-?scales?\b|\bdeadlines?\b|\bon time\b|\bin time limits?\b|\boverdue\b|"
            rf"\bwithin {_NUMBER} (?:working )?(?:hours?|days?|weeks?|months?)\b",
            re.I,
        ),
        "It asks about timescales. Ask whether it came soon enough for the child.",
    ),
    Matter(
        re.compile(
            r"\bcompl(?:y|ies|iant|iance)\b|\bstatutory (?:visits?|requirements?)\b|"
            r"\bup to date\b|\bcompleted\b|\bsigned off\b|\byes ?(?:/|or) ?no\b|\btick\b",
            re.I,
        ),
        "It asks whether something was done. Ask how well it helped, and what shows that.",
    ),
)


@dataclass(frozen=True)
class Hint:
    """The words of a question that ask for compliance, and what to ask instead."""

    words: str
    why: str


def grades_asked_for(lines: Iterable[str]) -> list[str]:
    """The words that ask for a grade or hold one, once each, in their order."""
    return list(dict.fromkeys(words for line in lines for words in _grades(line)))


def _grades(line: str) -> Iterator[str]:
    for pattern in _GRADES:
        yield from (match[0] for match in pattern.finditer(line))
    yield from (line[span.start : span.end] for span in find_grades(line))


def compliance_asked_for(lines: Iterable[str]) -> list[Hint]:
    """What compliance figures answer already, by the words that ask for it."""
    found = [
        Hint(match[0], matter.why)
        for line in lines
        for matter in _MATTERS
        for match in matter.pattern.finditer(line)
    ]
    return list(dict.fromkeys(found))
