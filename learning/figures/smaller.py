"""Fewer bytes for the same drawing: a page holds eight of them, and is read on a phone."""

import re
from collections import Counter
from typing import Any

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
USUAL = {
    "stroke-linejoin": "miter",
    "stroke-linecap": "butt",
    "stroke-dashoffset": "0",
    "version": "1.1",
}
"""What an attribute means when it is left out."""
OF_WORDS = ("font-size", "fill")
"""What most words of a drawing share, and so stands once on the drawing."""

_NUMBER = re.compile(r"-?\d+\.\d+")
_SPACES = re.compile(r"\s*([MLHVZCQz])\s*")
_MOVED = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
_NOT_TURNED = re.compile(r"rotate\(-?0(?:\.0+)?(?:[ ,]+[-\d.]+){2}\)")
_FOUR_CORNERS = re.compile(
    r"M(?P<left>[-\d.]+) (?P<top>[-\d.]+)L(?P<right>[-\d.]+) (?P=top)"
    r"L(?P=right) (?P<bottom>[-\d.]+)L(?P=left) (?P=bottom)z"
)


def make_small(root: Any) -> None:
    """The drawing looks the same, to a tenth of a point."""
    for element in list(root.iter(etree.Element)):
        _leave_out_the_usual(element)
        _say_shortly(element)
        if element.tag == f"{SVG}path":
            _shorten(element)
        elif element.tag == f"{SVG}text":
            _place_directly(element)
    _say_once(root)
    for group in list(root.iter(f"{SVG}g")):
        if not group.attrib:
            _unwrap(group)
    etree.cleanup_namespaces(root)


def _leave_out_the_usual(element: Any) -> None:
    for name, value in USUAL.items():
        if element.get(name) == value:
            del element.attrib[name]


def _say_shortly(element: Any) -> None:
    """White in three figures, and how thick a colour lies in two: no eye tells more apart."""
    for name in ("fill", "stroke"):
        if element.get(name) == "#ffffff":
            element.set(name, "#fff")
    if "opacity" in element.attrib:
        element.set("opacity", f"{float(element.get('opacity')):.2f}".lstrip("0"))


def _shorten(path: Any) -> None:
    """A rectangle by its corners; one without width or height is no mark at all."""
    line = _SPACES.sub(r"\1", _to_tenths(path.get("d", ""))).strip()
    if corners := _FOUR_CORNERS.fullmatch(line):
        if corners["left"] == corners["right"] or corners["top"] == corners["bottom"]:
            path.getparent().remove(path)
            return
        line = "M{left} {top}H{right}V{bottom}H{left}z".format(**corners.groupdict())
    path.set("d", line)


def _place_directly(text: Any) -> None:
    """Words that are only moved, or turned by nothing, stand at their place."""
    change = text.get("transform", "").strip()
    if moved := _MOVED.fullmatch(change):
        text.set("x", moved[1])
        text.set("y", moved[2])
    if moved or _NOT_TURNED.fullmatch(change):
        del text.attrib["transform"]
        text.set("x", _to_tenths(text.get("x")))
        text.set("y", _to_tenths(text.get("y")))


def _say_once(root: Any) -> None:
    """What most words have in common is said on the drawing; shapes name their own fill."""
    words = list(root.iter(f"{SVG}text"))
    for name in OF_WORDS:
        common = Counter(text.get(name) for text in words if text.get(name)).most_common(1)
        if not common or not _may_inherit(root, words, name):
            continue
        value = common[0][0]
        root.set(name, value)
        for text in words:
            if text.get(name) == value:
                del text.attrib[name]


def _may_inherit(root: Any, words: list[Any], name: str) -> bool:
    """Whether nothing but words would take the attribute from the drawing, and all words have one."""
    shapes = (shape for shape in root.iter(f"{SVG}path", f"{SVG}rect") if name == "fill")
    return all(text.get(name) for text in words) and all(shape.get("fill") for shape in shapes)


def _unwrap(group: Any) -> None:
    """What stands in the group stands in its place."""
    parent, place = group.getparent(), group.getparent().index(group)
    for child in reversed(list(group)):
        parent.insert(place, child)
    parent.remove(group)


def _to_tenths(text: str) -> str:
    return _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), text)
