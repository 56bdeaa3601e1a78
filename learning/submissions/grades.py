"""Grades in figures or words, as they are refused in the overall statement (domain.md A34, invariant 1).

Every grade word is also an everyday word: a tenancy can be good, an action outstanding, food inadequate.
So a word counts only where it stands as the verdict on the work: alone, after a word such as “rated”, or
said of the practice. Pure functions over the text as an eye reads it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.disclosure.folding import fold
from learning.submissions.grade_words import (
    COUNTED,
    DATE_BEFORE,
    DIGIT,
    END,
    GRADING,
    MANNER,
    MEASURE,
    NOT_A_VERDICT,
    OTHERS_VERDICT,
    VERDICT,
    WORK,
)
from learning.submissions.standings import standings


@dataclass(frozen=True)
class Grade:
    """Where a grade stands in the text, and how it reads there."""

    start: int
    end: int
    words: str


class GradeRefused(Exception):
    """There is a grade where none may be; `grades` says which words."""

    def __init__(self, grades: list[Grade], where: str = "The overall statement") -> None:
        self.grades = grades
        shown = ", ".join(f"“{grade.words}”" for grade in grades)
        super().__init__(
            f"{where} holds a grade: {shown}. We give none, in figures or in words. Say instead "
            "what practice has been like, because of what you saw, and what it means for the child. "
            "It has not been saved; your text is still here."
        )


def grades_in(text: str) -> list[Grade]:
    """Every grade of the text, in order and without overlaps."""
    folded = fold(text)
    plain = folded.text.lower().replace("⁄", "/").replace("∕", "/")
    found: list[Grade] = []
    for start, end in sorted(set(_spans(plain))):
        if not found or start >= found[-1].end:
            first, last = folded.original(start, end)
            found.append(Grade(first, last, text[first:last].strip()))
    return found


def refuse_grades(text: str, where: str = "The overall statement") -> None:
    """`GradeRefused` if there is one; `where` begins its sentence."""
    found = grades_in(text)
    if found:
        raise GradeRefused(found, where)


_SPACED = re.compile(
    r"(?<!\w)(?:[a-z0][ .\-_*]){2,}[a-z](?!\w)",
)
_HIDDEN = ("outstanding", "inadequate", "good", "excellent", "satisfactory", "requiresimprovement")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from _numbers(text)
    yield from _letters_and_stars(text)
    yield from _verdicts(text)
    yield from _standings(text)
    yield from _spaced_out(text)


_FRACTION = re.compile(
    rf"(?<![\w./]){DIGIT}\s*(?:/|out[ -]of|\\|over)\s*(?:a possible )?(5|10|100|four|five|ten|4|"
    rf"20|hundred|a hundred)"
    r"(?![\w/]|[.,]\d)"
)
_SCORED = re.compile(
    rf"\b(?:scor(?:e|es|ed|ing)|rat(?:e|es|ed|ing)|grad(?:e|es|ed|ing)|mark(?:s|ed)?|give|gave|"
    rf"giving)\b"
    rf"(?:\s+(?:it|this|them|us|the (?:work|practice|case)|practice|a|an|as|at|of|was|is|be|"
    rf"overall|would|total|"
    rf"score|rating|grade|mark|to|for)|\s*[:=-]){{0,5}}\s*[\"'“]?(?<![\w]){DIGIT}\s*(?:%|"
    rf"per ?cent|points?|marks?|stars?)?"
    r"(?![\w/:]|[.,]\d)(?!\s+(?:hours?|days?|weeks?|months?|years?|times?|pounds?|minutes?|"
    r"[a-z]+s\b))"
)
_SHARE = re.compile(
    rf"\b(?:practice|work|audit|case|overall)\b[^.!?\n]{{0,25}}\b(?:is|was|at|"
    rf":)\s*(?:about )?{DIGIT}\s*(?:%|per ?cent)"
)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Figures and number words that score: 7/10, a score of 3, 80% practice. Not dates, visits or exams."""
    for match in _FRACTION.finditer(text):
        is_date = "/" in match[0] and DATE_BEFORE.search(text[: match.start()])
        if not (is_date or COUNTED.match(text, match.end()) or _is_measured(text, match)):
            yield match.span()
    for pattern in (_SCORED, _SHARE):
        for match in pattern.finditer(text):
            if not _is_measured(text, match):
                yield match.span()


_SIGNS = (
    re.compile(
        r"\bgraded?\s*(?:of|as|at|is|was|:|=)?\s*(?:an?\s+)?[\"'“]?[a-f][+*-]?(?=[\"'”.,;!?)\s]|"
        r"$)(?!\s+[a-z])"
    ),
    re.compile(rf"\b{DIGIT}[ -]stars?\b|[★⭐]+|\b(?:top|full|high|low|bottom) marks\b"),
    re.compile(r"\b[a-d][+*](?=[\s.,;!?)]|$)"),
    re.compile(
        r"\b(?:red|amber|green)[ -]rated\b|\brag[ -]?(?:rat(?:ed|ing)|status)?\s*[:=]?\s*(?:is |"
        r"was |as )?"
        r"(?:red|amber|green)\b|\brat(?:e|ed|ing)\s*[:=]?\s*(?:it |this |was |is |as |at )*(?:red|"
        r"amber|green)\b|"
        r"\boverall\s*[:=]\s*(?:red|amber|green)\b"
    ),
    re.compile(
        r"\b(?:standards?|criteria|expectations)\s+(?:\w+\s+){0,2}?(?:fully|partly|partially|"
        r"not)\s+met\b"
    ),
    re.compile(r"(?:^|[.!?:\n])\s*(?:fully|partly|partially|not) met\s*(?=[.!?\n]|$)"),
)


def _letters_and_stars(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _SIGNS:
        for match in pattern.finditer(text):
            if not _is_measured(text, match):
                yield match.span()


_ALWAYS = re.compile(
    r"\brequir(?:e|es|ed|ing) improvement\b(?!\s+(?:works?|to (?:the|his|her|their|its)|notices?|"
    r"grants?))|"
    r"(?<![\w.])r\.?i\.?g?\.?(?=\s*(?:$|[.,;:!?)\n])|\s+(?:overall|because|with|to good|and|but))"
)
_RATED = re.compile(
    rf"\b{GRADING}\b(?:[ ,:=\"'“-]+(?!not\b|no\b|"
    rf"never\b)[a-z']+){{0,7}}?[ ,:=\"'“-]+{MANNER}[\"'“]?({VERDICT}){END}"
)
_OF_THE_WORK = re.compile(
    rf"\b{WORK}\b(?:\s+(?!not\b)[a-z']+){{0,9}}?\s*(?:\b(?:is|was|are|were|be|been|being|remains|"
    rf"as)\b|[:=–—-])[\s,]+?"
    rf"{MANNER}[\"'“]?({VERDICT}){NOT_A_VERDICT}{END}"
)
_BEFORE_THE_WORK = re.compile(
    r"\b(?:outstanding|excellent|exemplary|inadequate|unsatisfactory)\s+(?:social work |piece of |"
    r"overall )?"
    r"(?:practice|casework|work|audit|judg(?:e)?ment|case)\b(?!\s+(?:to do|items?|orders?|"
    r"that (?:still|remains)|"
    r"is still|remains))"
)
_ALONE = re.compile(
    rf"(?:^|[.!?:\n])\s*[\"'“(]?{MANNER}({VERDICT})(?:\s*(?:/|to|or|and|"
    rf"-)\s*{VERDICT})?[\"'”)]?\s*(?=[.!\n;]|$)"
)
_RANGE = re.compile(
    rf"\b(?:between )?{VERDICT}\s*(?:/|to|bordering on|and|with|-)\s*(?:outstanding|good|"
    rf"inadequate|ri)\b(?: features|{END})"
)
_AS_A_NOUN = re.compile(
    rf"\b(?:a|an)\s+(?:(?:solid|strong|clear|high|low|secure|borderline|definite|"
    rf"firm)\s+)?(?:good|{VERDICT})\s*(?=[.,;!?)\n]|$)"
)
_OVERALL = re.compile(
    rf"\b{VERDICT}[ ,]+overall\b|\boverall[ ,:–—-]+{MANNER}({VERDICT}){NOT_A_VERDICT}{END}"
)
_THIS_IS = re.compile(
    rf"(?:^|[.!?\n]|\b(?:we think|we feel|we find|we found|we believe|i think|"
    rf"in our view))[ ,\s]*(?:that )?(?:this|it|they|all of this)"
    rf"(?:'s| is| was| would be| has been)\s+{MANNER}({VERDICT}){NOT_A_VERDICT}{END}"
)


def _verdicts(text: str) -> Iterator[tuple[int, int]]:
    """Grade words that stand as the verdict on the work."""
    yield from (match.span() for match in _ALWAYS.finditer(text))
    for pattern in (
        _RATED,
        _OF_THE_WORK,
        _BEFORE_THE_WORK,
        _ALONE,
        _RANGE,
        _AS_A_NOUN,
        _OVERALL,
        _THIS_IS,
    ):
        for match in pattern.finditer(text):
            if not _is_ordinary(text, match):
                yield match.span()


def _standings(text: str) -> Iterator[tuple[int, int]]:
    """Standards, levels, colours, marks and passes of the work; not those of a course, a game or a school."""
    for match in standings(text):
        hypothetical = "would" in match[0]
        if hypothetical or not (_is_measured(text, match) or _is_ordinary(text, match)):
            yield match.span()


_TO_BE_DONE = re.compile(
    r"\b(?:actions?|tasks?|referrals?|assessments?|checks?|debts?|rent|arrears|bills?|payments?|"
    r"appointments?|"
    r"reports?|visits?|paperwork|minutes|immunisations?|vaccinations?|court case|hearings?|"
    r"applications?|reviews?|requests?|invoices?)\b"
    r"[^.!?\n]*\boutstanding\b|\boutstanding\s+(?:actions?|tasks?|work (?:to|on|that)|referrals?|"
    r"assessments?|"
    r"checks?|debts?|rent|issues?|matters?|items?|health|orders?)|\b(?:remain(?:s|ed)?|still|left|"
    r"nothing|yet|any|no)\b"
    r"(?: \w+)? outstanding\b"
)


def _is_ordinary(text: str, match: re.Match[str]) -> bool:
    """Something left to be done, or somebody else's verdict."""
    sentence = _sentence(text, match)
    if "outstanding" in match[0] and _TO_BE_DONE.search(sentence):
        return True
    return bool(OTHERS_VERDICT.search(sentence)) and not re.search(r"\b(?:we|our|us|i)\b", sentence)


def _is_measured(text: str, match: re.Match[str]) -> bool:
    """A score that belongs to a test, an exam or a game, not to us."""
    sentence = _sentence(text, match)
    return bool(MEASURE.search(sentence)) and not re.search(
        r"\b(?:we|our|practice|overall|audit)\b", sentence
    )


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max((text.rfind(mark, 0, match.start() + 1) for mark in ".!?\n"), default=-1) + 1
    ends = [place for mark in ".!?\n" if (place := text.find(mark, match.end() - 1)) >= 0]
    return text[start : min(ends, default=len(text))] if start < match.end() else match[0]


def _spaced_out(text: str) -> Iterator[tuple[int, int]]:
    """A grade word with its letters apart, which no honest sentence has."""
    for match in _SPACED.finditer(text):
        if re.sub(r"[^a-z]", "", match[0].replace("0", "o")) in _HIDDEN:
            yield match.span()
    yield from (match.span() for match in re.finditer(r"\b0utstanding\b|\bg00d\b|\bg0od\b", text))
