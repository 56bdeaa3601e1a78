"""An SVG made fit for our pages: no inline style, no stray ids, a name for those who do not see it."""

import hashlib
import json
import re
from collections.abc import Iterator

from lxml import etree

from learning.figures.figure import Figure
from learning.figures.smaller import make_small

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
_FONT = re.compile(r"(?P<size>[\d.]+px)")
_BETWEEN = re.compile(r">\s+<")
FONTS = "Arial, Helvetica, 'DejaVu Sans', sans-serif"
"""Named once, on the drawing, and not on each word."""
_REFERENCE = re.compile(r"(?<=#)[\w-]+")


def fingerprint_of(figure: Figure) -> str:
    """The same for the same figure, whoever asks."""
    content = json.dumps(figure.frozen(), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def cleaned(content: bytes, figure: Figure) -> str:
    """The SVG element alone. Its title and description are the figure's."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for name in ("metadata", f"{SVG}metadata"):
        for element in list(root.iter(name)):
            element.getparent().remove(element)
    for element in root.iter(etree.Element):
        _without_style(element)
        _with_own_ids(element, figure.key)
    for element in list(root.iter(f"{SVG}style")):
        element.getparent().remove(element)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("font-family", FONTS)
    root.set("class", "portal-drawing")
    root.set("role", "img")
    root.set("focusable", "false")
    root.set("aria-label", f"{figure.title}. {figure.description} The table says the same.")
    make_small(root)
    text = etree.tostring(root, encoding="unicode")
    return _BETWEEN.sub("><", text)


def _without_style(element: etree._Element) -> None:
    """Turn the style into attributes, which a strict content security policy lets pass."""
    for name, value in _declarations(element.attrib.pop("style", "")):
        element.set(name, value)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in filter(None, map(str.strip, style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        fitting = _FONT.search(value) if name == "font" else None
        if fitting:
            yield "font-size", fitting["size"]
        elif name not in ("font", "font-family"):
            yield name, value


def _with_own_ids(element: etree._Element, key: str) -> None:
    """Two drawings on one page share no id."""
    if element.tag == f"{SVG}g":
        element.attrib.pop("id", None)  # nothing points at a group
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{key}-{value}")
        elif name == LINK or value.startswith("url(#"):
            element.set(name, _REFERENCE.sub(rf"{key}-\g<0>", value))
