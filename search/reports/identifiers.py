"""Whether a search text could name or number a person; if in doubt, it could."""

import re

CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][a-z'’\-]+")
SUSPICIOUS = [
    re.compile(r"[0-9][0-9\s/.\-]{3,}"),
    re.compile(r"@"),
    re.compile(r"https?:|www\."),
    re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\b"),
    re.compile(r"\b[A-Za-z]{2}\s?[0-9]{2}\b"),
    re.compile(r"\b[0-9]{1,2}(?:st|nd|rd|th)\b", re.IGNORECASE),
]
"""Runs of digits, addresses, postcodes, national insurance beginnings, days of a month."""


def could_identify(text: str) -> bool:
    """True for digits in a row, e-mail and web addresses, postcodes, and names written as names."""
    if any(pattern.search(text) for pattern in SUSPICIOUS):
        return True
    words = CAPITALISED.findall(text)
    begins_the_text = bool(words) and text.lstrip("\"“'‘ ").startswith(words[0])
    return len(words) - begins_the_text > 0
