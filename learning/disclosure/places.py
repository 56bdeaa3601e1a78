"""Where somebody lives or goes: postcodes, addresses, schools and surgeries by their form."""

import re
from collections.abc import Iterator

from learning.disclosure.kinds import Kind, Span

_AREAS = (
    r"A[BL]|B[ABDHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|"
    r"K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|"
    r"T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|Z[EZ]"
)
"""The letters that a postcode begins with; ZZ is what registers write for “none known”."""
_POSTCODE = re.compile(
    rf"(?<![A-Z0-9])(?:GIR[ \-]{{0,2}}0AA|"
    rf"(?:{_AREAS})(?:\d{{1,2}}|\d[A-Z])[ \-]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}})(?![A-Z0-9])",
    re.I,
)
_ORDINAL = re.compile(r"[A-Za-z]\d \d(?:st|nd|rd|th)")
"""“P1 2nd” is rather a first and a second than a postcode."""

_WORD = r"[A-Z][\w']+"
_ROAD = "Road|Street|Avenue|Lane|Crescent|Drive"
_STREET_ENDING = (
    rf"(?:{_ROAD}|Close|Terrace|Grove|Gardens|Mews|Rise|Walk|Place|Way|Court|Hill|Square|Parade|Row|"
    r"Green|Rd|St|Ave|Cres|Gdns)"
)
_FLAT = r"(?:flat|apartment|apt) \d{1,4}[a-z]?"
_SMALL_WORDS = r"(?!(?:of|the|to|in|on|and|a)\b)"
_SCHOOL = r"Primary|Infant|Junior|High|Secondary|Grammar|Special|Church of England|C of E"
_INSTITUTION = (
    r"School|Academy|College|Nursery|Surgery|Medical Centre|Health Centre|Hospital|Hospice|"
    r"Children's Home|Mosque|Synagogue|Temple|Gurdwara|Parish Church"
)
_NO_NAME = r"(?!(?:The|Our|Every|Your|This|High|A|An|Ofsted|In|At)\b)"
_PATTERNS = (
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?<![\w/])(?:(?i:{_FLAT}),? )?\d{{1,4}}[A-Za-z]?,? (?:{_WORD} ){{1,3}}{_STREET_ENDING}\b"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?<![\w/])\d{{1,4}}[a-z]? {_SMALL_WORDS}[a-z']{{3,}} (?:{_ROAD}|close|terrace|grove)\b",
            re.I,
        ),
    ),
    (Kind.ADDRESS, re.compile(rf"\b{_FLAT}\b", re.I)),
    (
        Kind.PLACE,
        re.compile(
            rf"\b{_NO_NAME}(?:St\.? )?{_WORD}(?: (?:{_WORD}|of|and|the)){{0,3}} "
            rf"(?:(?:{_SCHOOL}) )*(?:{_INSTITUTION})\b"
        ),
    ),
    (Kind.PLACE, re.compile(rf"\b{_NO_NAME}(?:{_WORD} ){{1,2}}(?:{_ROAD})\b")),
)


def find(text: str) -> Iterator[Span]:
    """Postcodes and addresses; then streets and institutions that are named."""
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL.fullmatch(match.group()):
            yield Span(*match.span(), Kind.POSTCODE)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind)
