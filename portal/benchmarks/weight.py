"""What a reader's browser fetches for one page: its HTML, the styles and scripts it refers to."""

from collections.abc import Callable
from html.parser import HTMLParser

MOST_BYTES = 150_000


class _References(HTMLParser):
    """Collects the addresses of styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = None
        if tag == "script":
            address = given.get("src")
        elif tag == "link" and "stylesheet" in (given.get("rel") or ""):
            address = given.get("href")
        if address and address not in self.found:
            self.found.append(address)


def references_of(html: str) -> list[str]:
    """Addresses of the styles and scripts, each once, in order."""
    parser = _References()
    parser.feed(html)
    return parser.found


def page_weight(html: bytes, read: Callable[[str], bytes]) -> int:
    """Bytes of the page with its styles and scripts, uncompressed. `read` fetches an address."""
    return len(html) + sum(len(read(address)) for address in references_of(html.decode()))
