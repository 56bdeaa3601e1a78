"""A text as an eye reads it: look-alike letters, odd digits, odd spaces and invisible marks undone."""

import unicodedata
from dataclasses import dataclass

LOOK_ALIKES = str.maketrans(
    # Cyrillic and Greek letters that look like Latin ones, and Latin ones with a stroke, in the same order
    "АВЕЅІЈКМНОРСТУХаеорсухѕіјԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυαρκŁłØøĐđı",
    "ABESIJKMHOPCTYXaeopcyxsijdqwhlABEZHIKMNOPTYXoviuapkLlOoDdi",
)
SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("’‘ʼ＇`´", "'"))
KEPT = frozenset("¼½¾⅓⅔")
"""Fractions that would fall into three characters: an age reads better whole."""


@dataclass(frozen=True)
class Folded:
    """The folded text, and for each of its characters where it stood in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where these folded characters stand in the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """The text with plain letters, digits, dashes and spaces; what cannot be seen is left out."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _fold(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def _fold(character: str) -> str:
    if (
        (" " <= character <= "~" and character not in "`")
        or character in "\n\t"
        or character in KEPT
    ):
        return character
    if character.isspace() and character in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    plain = unicodedata.normalize("NFKD", character).translate(LOOK_ALIKES).translate(SIGNS)
    return "".join(_one(part) for part in plain)


def _one(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    return "" if category in ("Cc", "Cf", "Cn", "Co", "Mn", "Me") else character
