"""How somebody is reached: telephone, e-mail, web."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type

from learning.disclosure.kinds import Kind, Span

RELATIVES_ABROAD = ("US", "IE")
"""Countries whose numbers are known without the sign +; all others need it."""

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?: ?(?:\.|\(dot\)|\[dot\]) ?[\w-]{2,})+",
    re.I,
)
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"')]+[^\s<>\"').,;:]", re.I)
_ACCOUNT = re.compile(r"(?<![\w@./])@[A-Za-z][\w.]{2,29}\b")
_FEWEST_DIGITS = 9
_DIGITS = re.compile(r"[+(\d][\d ()./\-+]{6,}\d")
_PIECE, _OVERLAP = 80, 30
"""The telephone library slows down over long runs of digits; no number is longer than the overlap."""


def find(text: str) -> Iterator[Span]:
    """Addresses first: a number may stand in one."""
    for kind, pattern in (
        (Kind.EMAIL, _EMAIL),
        (Kind.WEB_ADDRESS, _WEB),
        (Kind.WEB_ADDRESS, _ACCOUNT),
    ):
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind)
    yield from _numbers(text)


def _numbers(text: str) -> Iterator[Span]:
    """Telephone numbers that could be rung from here. Free numbers are helplines, nobody's own."""
    for place, run in _runs_of_digits(text):
        for found in PhoneNumberMatcher(run, "GB", leniency=Leniency.POSSIBLE):
            is_helpline = number_type(found.number) == PhoneNumberType.TOLL_FREE
            if _is_dialled(found.raw_string) and not is_helpline:
                yield Span(place + found.start, place + found.end, Kind.PHONE)
        for country in RELATIVES_ABROAD:
            for found in PhoneNumberMatcher(run, country, leniency=Leniency.VALID):
                if not found.raw_string.isdigit():
                    yield Span(place + found.start, place + found.end, Kind.PHONE)


def _runs_of_digits(text: str) -> Iterator[tuple[int, str]]:
    """Where digits and their signs stand together, and these; long runs in pieces that overlap."""
    for match in _DIGITS.finditer(text):
        run = match.group()
        for start in range(0, len(run), _PIECE - _OVERLAP):
            yield match.start() + start, run[start : start + _PIECE]
            if start + _PIECE >= len(run):
                break


def _is_dialled(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    is_decimal = number.startswith("0.")
    return number.lstrip("(").startswith(("0", "+")) and digits >= _FEWEST_DIGITS and not is_decimal
