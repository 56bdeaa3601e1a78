"""Characters made alike before words are cut out. Each fold keeps the length, so offsets stay
true."""

import unicodedata
from functools import lru_cache

ALIKE = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\uff07": "'",
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
}
"""Curly apostrophes and spaces that do not break."""

LETTERS_WITHOUT_PARTS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
    }
)

NUMBER_FORMS = frozenset(map(chr, range(0x2150, 0x2190)))
"""Fractions and Roman numerals in one sign: left alone, as Elasticsearch leaves them."""

_ALIKE_TABLE = str.maketrans(ALIKE)


def fold_characters(text: str) -> str:
    """The text with curly apostrophes and hard spaces made plain; as long as it was."""
    return text if text.isascii() else text.translate(_ALIKE_TABLE)


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if letter in NUMBER_FORMS:
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain.isascii() else letter


def strip_accents(word: str) -> str:
    """`café` as `cafe`; letters of other scripts stay as they are."""
    if word.isascii():
        return word
    joined = unicodedata.normalize("NFC", word).translate(LETTERS_WITHOUT_PARTS)
    return "".join(_plain_letter(letter) for letter in joined if not unicodedata.combining(letter))
