"""Numbers that belong to one person: health, school, work, travel, cars, banks."""

import re
from collections.abc import Callable, Iterator

from stdnum.gb import nhs, upn

from learning.disclosure.kinds import Kind, Span

_NHS = re.compile(r"(?<![\w+])(?:\d{3}\s{0,3}\d{3}\s{0,3}\d{4}|\d(?:[ \t.\-_/]{0,3}\d){9})(?!\w)")
_UPN = re.compile(
    r"(?<!\w)[A-HJ-NP-RT-Z](?:[ \t.\-]{0,2}\d){11}[ \t.\-]{0,2}[\dA-HJ-NP-RT-Z](?!\w)", re.I
)
_NINO = re.compile(
    r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][ \t\-]?[A-CEGHJ-NPR-TW-Z]"
    r"(?:[ \t.\-]{0,2}\d){6}[ \t.\-]{0,2}[A-D](?!\w)",
    re.I,
)
_SWE = re.compile(r"(?<!\w)SW[ \-]?\d{4,6}(?!\w)", re.I)
"""As Social Work England gives it: `SW12345`."""
_PASSPORT = re.compile(r"(?<!\w)[A-Z]{2}\d{7}(?!\w)", re.I)
_LICENCE = re.compile(
    r"(?<!\w)[A-Z][A-Z9]{4}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d"
    r"[A-Z9]{2}[A-Z0-9]\d?[A-Z]{2}(?!\w)",
    re.I,
)
_SERIES = "A-HJ-PR-Y"
_PLATES = (
    re.compile(
        rf"(?<!\w)[{_SERIES}]{{2}}(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-HJ-PR-Z]{{3}}(?!\w)", re.I
    ),
    re.compile(
        rf"(?<!\w)(?!S(?:17|20|31|47)\b)[A-HJ-NPR-TV-Y]\d{{1,3}} ?[{_SERIES}][A-HJ-PR-Z]{{2}}(?!\w)"
    ),
    re.compile(rf"(?<!\w)[A-HJ-PR-Z]{{2}}[{_SERIES}] ?\d{{1,3}}[A-HJ-NPR-TV-Y](?!\w)"),
)
_BANK = (
    re.compile(r"(?<!\w)\d{2}-\d{2}-\d{2}\W{1,3}\d{8}(?!\w)"),
    re.compile(r"(?:account|acct|a/c)\W{0,3}(?:number|no)?\W{0,3}(\d{8})(?!\w)", re.I),
    re.compile(r"sort code\W{0,3}(\d{2}[ \-]?\d{2}[ \-]?\d{2})(?!\w)", re.I),
)


def find(text: str) -> Iterator[Span]:
    """Every number whose form, and check digit where there is one, is right."""
    yield from _checked(text, _NHS, Kind.NHS_NUMBER, nhs.is_valid)
    yield from _checked(text, _UPN, Kind.UPN, _is_upn)
    for kind, patterns in _PLAIN.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield Span(*match.span(match.lastindex or 0), kind)


_PLAIN = {
    Kind.NINO: (_NINO,),
    Kind.SWE_NUMBER: (_SWE,),
    Kind.UK_PASSPORT: (_PASSPORT,),
    Kind.UK_DRIVING_LICENCE: (_LICENCE,),
    Kind.UK_VEHICLE_REG: _PLATES,
    Kind.BANK_ACCOUNT: _BANK,
}


def _checked(
    text: str, pattern: re.Pattern[str], kind: Kind, is_valid: Callable[[str], bool]
) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if is_valid(re.sub(r"\W|_", "", match.group()).upper()):
            yield Span(*match.span(), kind)


def _is_upn(number: str) -> bool:
    """Whether the check letter is right. The councils' codes are not asked: new ones are made."""
    return upn.calc_check_digit(number[1:]) == number[0]
