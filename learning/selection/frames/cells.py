"""What single cells of a council's list say, and what they do not."""

import re
from datetime import date, datetime, timedelta

LONGEST_ID, LONGEST_TEAM = 40, 80
_NOTHING = {"#n/a", "n/a", "na", "-", "none", "null", "nil", "unallocated", "not allocated", "tbc"}
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.\-]*")
_DECIMAL = re.compile(r"(\d+)\.0+")
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SOURCE = re.compile(r"^\s*(?:[a-z]{1,2}\)\s*)?(\d{1,2}[A-Z]?)\b", re.IGNORECASE)
_OWN_ACCOUNT = {"1", "1A", "1B", "1C", "1D", "9"}


class NotADay(ValueError):
    """A cell that ought to be a day and is not."""


def tidy(text: str) -> str:
    """The text with every kind of space as one plain space, and none at its ends."""
    return " ".join(text.replace("\u200b", "").split())


def plain(text: str) -> str:
    """A title as it is compared: small letters and digits, nothing else."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def words_of(text: str) -> str:
    """A team or a name; empty for the many ways of saying that there is none."""
    tidied = tidy(text)
    return "" if tidied.lower() in _NOTHING or _ERROR.match(tidied) else tidied


def is_error(text: str) -> bool:
    """Whether the cell shows that its formula failed."""
    return bool(_ERROR.match(tidy(text)))


def is_decimal(text: str) -> bool:
    """Whether a number is written as `1001.0`: some systems give out every number like this."""
    return bool(_DECIMAL.fullmatch(_bare(text)))


def is_no_title(text: str) -> bool:
    """Whether the cell holds a number, a child's number or a day rather than words."""
    return bool(_DECIMAL.fullmatch(text) or text.isdecimal() or len(_DIGIT.findall(text)) >= 3)


def _bare(text: str) -> str:
    return tidy(text).lstrip("'")


def council_id_of(text: str) -> str:
    """The council's number of a child; empty when the cell holds nothing like it. `1001.0` is 1001."""
    number = _DECIMAL.sub(r"\1", _bare(text)) if is_decimal(text) else _bare(text)
    fits = _CODE.fullmatch(number) and any(char.isdigit() for char in number)
    return number if fits and len(number) <= LONGEST_ID and not _ISO.fullmatch(number) else ""


def same_child(council_id: str) -> str:
    """What two lists must share to mean the same child: Excel drops zeros in front of a number."""
    return (council_id.lstrip("0") or "0") if council_id.isdigit() else council_id.upper()


def day_of(text: str) -> date | None:
    """The day that a cell says, None for an empty one. Raises `NotADay` for anything else."""
    value = words_of(_TIME.sub("", text))
    if not value:
        return None
    if value.isdigit() and _FIRST_SERIAL <= int(value) <= _LAST_SERIAL:
        return _DAY_ZERO + timedelta(days=int(value))
    for pattern in _DAYS:
        try:
            return datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    raise NotADay


def is_from_partner(source: str) -> bool:
    """Whether an agency made contact: not where the source is a person, or nobody known (codes 1 and 9)."""
    code = _SOURCE.match(source)
    return not (code and code.group(1).upper() in _OWN_ACCOUNT)
