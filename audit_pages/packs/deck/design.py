"""Our own master: an empty presentation with our palette, Arial, and the layouts of `layouts.py`.

It is drawn from code so that the palette stands in one reviewable place and no binary in the repository.
"""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.util import Pt

from audit_pages.packs.deck.layouts import FOOT, HEIGHT, LAYOUTS, TITLE, WIDTH, Band, Layout, Place

FONT = "Arial"
"""On every Windows and Mac with Office; LibreOffice puts Liberation Sans, of the same widths, in its place."""
PALETTE = {
    "dk1": "1D2A2E",
    "lt1": "FFFFFF",
    "dk2": "0A2D31",
    "lt2": "F1EDE4",
    "accent1": "14575C",
    "accent2": "6B2C5B",
    "accent3": "F4B740",
    "accent4": "2B6340",
    "accent5": "A3302A",
    "accent6": "33518C",
    "hlink": "14575C",
    "folHlink": "6B2C5B",
}
KIND_COLOURS = {
    "finding": "accent2",
    "letter": "accent4",
    "quarterly": "accent1",
    "briefing": "accent1",
    "theme": "accent5",
    "imported_finding": "accent6",
}
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def new_presentation() -> Any:
    """An empty presentation of our design; its layouts stand in the order of `LAYOUTS`."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    presentation.element.sldSz.attrib.pop("type", None)
    _drop_leftovers(presentation)
    _paint_theme(presentation)
    _draw_master(presentation.slide_master)
    for layout, spec in zip(presentation.slide_layouts, LAYOUTS, strict=False):
        _draw_layout(layout, spec)
    for layout in list(presentation.slide_layouts)[len(LAYOUTS) :]:
        presentation.slide_layouts.remove(layout)
    return presentation


def layout_of(presentation: Any, spec: Layout) -> Any:
    return presentation.slide_layouts[LAYOUTS.index(spec)]


def _drop_leftovers(presentation: Any) -> None:
    """Somebody else's printer settings and thumbnail, which the library's own template carries."""
    package = presentation.part.package
    for holder in (presentation.part, package):
        for rel_id, rel in list(holder._rels.items()):
            if rel.reltype.endswith(("/printerSettings", "/thumbnail")):
                holder._rels.pop(rel_id)
            elif rel.reltype == RT.EXTENDED_PROPERTIES:
                rel.target_part._blob = _application()


def _application() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{kind}"><Application>Practice learning portal</Application></Properties>'
    ).encode()


def _paint_theme(presentation: Any) -> None:
    """Our colours and font in the theme, so that PowerPoint's own menus offer them."""
    part = presentation.slide_master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "Practice learning")
    colours = theme.find(f".//{_A}clrScheme")
    colours.set("name", "Practice learning")
    for name, value in PALETTE.items():
        slot = colours.find(f"{_A}{name}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{_A}srgbClr", val=value)
    fonts = theme.find(f".//{_A}fontScheme")
    fonts.set("name", "Practice learning")
    for latin in fonts.iter(f"{_A}latin"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _draw_master(master: Any) -> None:
    body = Place("body", 1, "Text", 48, 146, 800, 326)
    shapes = [_placeholder(place, "tx2") for place in (TITLE, body, *FOOT)]
    _replace_drawing(master._element, "", shapes, ground="bg1")
    styles = master._element.find(f"{_P}txStyles")
    styles.getparent().replace(styles, parse_xml(_text_styles()))


def _draw_layout(layout: Any, spec: Layout) -> None:
    shapes = [_band(band, number) for number, band in enumerate(spec.bands)]
    if spec.shows_arches:
        shapes += _arches()
    shapes += [_placeholder(place, place.colour) for place in spec.places]
    shapes.append(_rule(spec))
    shapes += [_placeholder(place, spec.foot_colour) for place in FOOT]
    element = layout._element
    element.attrib.pop("type", None)
    if spec.kind:
        element.set("type", spec.kind)
    element.set("preserve", "1")
    _replace_drawing(element, spec.name, shapes, ground=spec.ground)


def _replace_drawing(element: Any, name: str, shapes: list[str], ground: str) -> None:
    fill = f'<a:solidFill><a:schemeClr val="{ground}"/></a:solidFill><a:effectLst/>'
    behind = f"<p:bg><p:bgPr>{fill}</p:bgPr></p:bg>" if ground else ""
    drawn = "".join(shape.replace("@id", str(number)) for number, shape in enumerate(shapes, 2))
    named = f' name="{name}"' if name else ""
    element.replace(
        element.find(f"{_P}cSld"),
        parse_xml(
            f"<p:cSld {_NS}{named}>{behind}<p:spTree><p:nvGrpSpPr>"
            '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
            f"{drawn}</p:spTree></p:cSld>"
        ),
    )


def _emu(points: float) -> int:
    return round(points * 12700)


def _frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    )


_PROMPTS = {
    "title": "Title",
    "ctrTitle": "Title",
    "subTitle": "Who it is for, and when",
    "chart": "Chart",
    "pic": "Picture",
    "body": "Text",
    "ftr": "",
    "dt": "",
}
_NUMBER_FIELD = (
    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
)


def _placeholder(place: Place, colour: str) -> str:
    """A placeholder that slides inherit place and looks from."""
    words = f'<a:r><a:rPr lang="en-GB"/><a:t>{_PROMPTS.get(place.type, "")}</a:t></a:r>'
    content = _NUMBER_FIELD if place.type == "sldNum" else words
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="@id" name="{place.name}"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{place.type}"{_index(place)}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_frame(place.x, place.y, place.width, place.height)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{_level(place, colour)}</a:lstStyle>"
        f"<a:p>{content}</a:p></p:txBody></p:sp>"
    )


def _index(place: Place) -> str:
    return f' idx="{place.idx}"' if place.idx else ""


def _level(place: Place, colour: str) -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{place.align}"><a:buNone/>'
        f'<a:defRPr sz="{place.size * 100}" b="{int(place.bold)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _filled(colour: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'


def _band(band: Band, number: int) -> str:
    colour = {"lt1": "bg1"}.get(band.colour, band.colour)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="@id" name="Band {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{_frame(band.x, band.y, band.width, band.height)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_filled(colour)}</p:spPr></p:sp>'
    )


def _rule(spec: Layout) -> str:
    """The fine line above the source."""
    return _band(Band(48, 484, 864, 1, "accent3" if spec.ground else "bg2"), 9)


def _arches() -> list[str]:
    """Arch within arch, as on the portal's own front page."""
    return [
        _arch(640, 190, 280, "accent1"),
        _arch(700, 260, 160, "accent2"),
        _arch(744, 330, 72, "accent3"),
    ]


def _arch(x: int, y: int, width: int, colour: str) -> str:
    """A doorway: straight sides below, a half circle above; it stands on the rule."""
    height, radius = 484 - y, width // 2
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="@id" name="Arch"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{_frame(x, y, width, height)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{width}" h="{height}"><a:moveTo><a:pt x="0" y="{height}"/></a:moveTo>'
        f'<a:lnTo><a:pt x="0" y="{radius}"/></a:lnTo>'
        f'<a:arcTo wR="{radius}" hR="{radius}" stAng="10800000" swAng="10800000"/>'
        f'<a:lnTo><a:pt x="{width}" y="{height}"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>'
        f"{_filled(colour)}</p:spPr></p:sp>"
    )


def _text_styles() -> str:
    """Left-aligned, without bullets: a list says for itself that it is one."""
    look = (
        '<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{size}" b="{bold}">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+{font}-lt"/></a:defRPr></a:lvl1pPr>'
    )
    title = look.format(size=3000, bold=1, font="mj")
    body = look.format(size=2000, bold=0, font="mn")
    return (
        f"<p:txStyles {_NS}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{body}</p:otherStyle></p:txStyles>"
    )
