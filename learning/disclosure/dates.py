"""When something happened, to the day; when somebody was born; how old somebody is."""

import re
from collections.abc import Iterator

from learning.disclosure.kinds import Kind, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_CENTURY = r"(?:19|20)\d{2}"
_TIME = r"(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_COUNTED = r"(?! (?:audits|cases|children|families|workers|pairs|people))"
_WAYS = (
    rf"{_CENTURY}[-/.]{_MONTH_NUMBER}[-/.]{_DAY}{_TIME}",
    rf"{_DAY}\s?[/.\-]\s?{_DAY}\s?[/.\-]\s?(?:{_CENTURY}|'?\d{{2}})",
    rf"{_DAY}(?:st|nd|rd|th)?[ \-]{{0,2}}(?:day )?(?:of )?{_MONTH}\b"
    rf"(?:[ ,\-]{{1,3}}{_CENTURY}| '\d{{2}}|-\d{{2}})?",
    rf"{_MONTH}[ \-]{_DAY}(?:st|nd|rd|th)?(?:,? ?{_CENTURY})?(?! ?(?:to|of|out)\b)",
    rf"{_MONTH}-{_CENTURY}",
    rf"{_MONTH_NUMBER}/{_CENTURY}",
    rf"{_MONTH_NUMBER}/(?:1[3-9]|[2-9]\d){_COUNTED}",
)
_DATE = re.compile(rf"(?<![\w/.\-£])(?:{'|'.join(_WAYS)})(?![\w/£])", re.I)
_BORN = re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b\.?)\b[^.\n]{0,45}$", re.I)

_TO_TWELVE = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_YEARS = rf"(?:1?\d|{_TO_TWELVE}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?:[¼½¾])?"
_SHORTER = rf"(?:\d{{1,2}}|{_TO_TWELVE})"
_ALONE = r"(?<![\w\-])(?<!\bto )(?<!\bunder )(?<!\bover )"
_NO_BAND = r"(?!\s?(?:to|and|or|-)\s?\d)"
_MEANING_A_CHILD = r"(?:he|she|they|who|child|boy|girl|son|daughter) (?:is|was|are|were)"
_AGES = (
    rf"\b(?:aged|age of|age|turning|turned):? {_YEARS}(?!\w|%){_NO_BAND}(?: (?:years?|months?)\b)?",
    rf"{_ALONE}{_YEARS}[\s\-]?(?:years?|yrs?)(?:[\s\-]and[\s\-]a[\s\-]half)?[\s\-]olds?\b",
    rf"{_ALONE}{_YEARS} ?y/?o\b",
    rf"{_ALONE}{_SHORTER}[\s\-](?:months?|weeks?|days?)[\s\-]olds?\b",
    r"(?<!\w)1?\d[¼½¾](?!\w)",
    rf"\b{_MEANING_A_CHILD} {_YEARS}(?= (?:and|when|at the time)\b|[.,;])",
)
_AGE = re.compile("|".join(f"(?:{way})" for way in _AGES), re.I)


def find(text: str) -> Iterator[Span]:
    """Dates to the day, written in figures or words; exact ages, but not age bands."""
    for match in _DATE.finditer(text):
        was_born = _BORN.search(text, max(0, match.start() - 60), match.start())
        yield Span(*match.span(), Kind.DATE_OF_BIRTH if was_born else Kind.DATE)
    for match in _AGE.finditer(text):
        yield Span(*match.span(), Kind.AGE)
