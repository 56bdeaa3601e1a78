"""Frames drawn as slides of a PowerPoint file, in real placeholders."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from audit_pages.packs.characters import as_cell, writable
from audit_pages.packs.deck.design import KIND_COLOURS, PALETTE, layout_of
from audit_pages.packs.deck.flow import Poured
from audit_pages.packs.deck.frames import Frame
from audit_pages.packs.deck.layouts import FOOT, TITLE_SIZES, Place
from audit_pages.packs.deck.measure import BEFORE_HEADING, GAP, INDENT, fitting_size
from audit_pages.packs.deck.paragraphs import Paragraph
from audit_pages.packs.trends import as_lines, described
from audit_pages.panels import TrendTable

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LANGUAGE = "en-GB"
_SERIES_COLOURS = (("accent4", "FFFFFF"), ("accent2", "FFFFFF"), ("accent3", PALETTE["dk1"]))


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every slide beside its source."""

    portal: str
    date: str
    demo_notice: str = ""

    def words(self, frame: Frame) -> str:
        source = f"Source: {frame.source}" if frame.source else ""
        quarter = frame.quarter if frame.quarter not in frame.source else ""
        parts = (source, quarter, self.portal, self.demo_notice)
        return " · ".join(part for part in parts if part)


def draw_frame(presentation: Any, frame: Frame, foot: Foot) -> Any:
    """The new slide at the end of the presentation."""
    slide = presentation.slides.add_slide(layout_of(presentation, frame.layout))
    _write_title(slide, frame)
    for place in frame.layout.places:
        if place.type not in ("title", "ctrTitle"):
            _fill_place(slide, place, frame)
    _write_foot(slide, foot.words(frame), foot)
    _write_notes(slide, frame)
    return slide


def _write_title(slide: Any, frame: Frame) -> None:
    place = frame.layout.place("Title")
    sizes = tuple(size for size in TITLE_SIZES if size <= place.size)
    size = fitting_size(
        frame.title, width=place.width, height=place.height, sizes=(place.size, *sizes)
    )
    frame_of_text = slide.shapes.title.text_frame
    run = frame_of_text.paragraphs[0].add_run()
    run.text = writable(frame.title)
    _speak_english(run)
    if size != place.size:
        run.font.size = Pt(size)


def _fill_place(slide: Any, place: Place, frame: Frame) -> None:
    """Put the frame's content in its place, or take an empty place off the slide."""
    placeholder = next(p for p in slide.placeholders if p.placeholder_format.idx == place.idx)
    placeholder._element._nvXxPr.cNvPr.set("name", place.name)
    fillers: dict[str, Callable[[Any, Frame], None]] = {"chart": _put_chart, "pic": _put_picture}
    if place.type in fillers:
        fillers[place.type](placeholder, frame)
    elif place.name == "Kind" and frame.kicker:
        _write_kicker(placeholder, frame)
    elif place.name in frame.texts and frame.texts[place.name].slides[0]:
        _write_text(placeholder, frame.texts[place.name], place)
    else:
        placeholder._element.getparent().remove(placeholder._element)


def _write_kicker(placeholder: Any, frame: Frame) -> None:
    run = placeholder.text_frame.paragraphs[0].add_run()
    run.text = writable(frame.kicker)
    _speak_english(run)
    colour = KIND_COLOURS.get(frame.colour)
    if colour:
        run.font.color.theme_color = getattr(MSO_THEME_COLOR, colour.replace("accent", "ACCENT_"))


def _write_text(placeholder: Any, poured: Poured, place: Place) -> None:
    paragraphs = poured.slides[0]
    size = poured.size or fitting_size(
        paragraphs[0].text,
        width=place.width,
        height=place.height,
        sizes=tuple(s for s in (place.size, 22, 20, 18, 16) if s <= place.size),
    )
    text_frame = placeholder.text_frame
    for number, paragraph in enumerate(paragraphs):
        target = text_frame.paragraphs[0] if number == 0 else text_frame.add_paragraph()
        _write_paragraph(target, paragraph, size)
        _space(target, paragraph, size, is_first=number == 0, is_last=paragraph is paragraphs[-1])


def _write_paragraph(target: Any, paragraph: Paragraph, size: int) -> None:
    for part in paragraph.runs:
        run = target.add_run()
        run.text = writable(part.text)
        run.font.size = Pt(size)
        _speak_english(run)
        if part.bold:
            run.font.bold = True
        if part.italic:
            run.font.italic = True
        if paragraph.style == "heading":
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    _stand_in(target, paragraph, size)


def _space(target: Any, paragraph: Paragraph, size: int, *, is_first: bool, is_last: bool) -> None:
    if paragraph.style == "heading" and not is_first:
        target.space_before = Pt(round(size * BEFORE_HEADING))
    if not is_last:
        target.space_after = Pt(round(size * GAP))


def _stand_in(target: Any, paragraph: Paragraph, size: int) -> None:
    """Bullets and numbers as PowerPoint's own, so that they can be edited as a list."""
    if paragraph.style not in ("bullet", "number", "continued"):
        return
    properties = target._p.get_or_add_pPr()
    properties.set("marL", str(Pt(size * INDENT)))
    properties.set("indent", "0" if paragraph.style == "continued" else str(-Pt(size * INDENT)))
    if paragraph.style == "bullet":
        etree.SubElement(properties, f"{{{_A}}}buFont", typeface="Arial")
        etree.SubElement(properties, f"{{{_A}}}buChar", char="•")
    elif paragraph.style == "number":
        start = str(max(1, paragraph.number))
        etree.SubElement(properties, f"{{{_A}}}buFont", typeface="+mj-lt")
        etree.SubElement(properties, f"{{{_A}}}buAutoNum", type="arabicPeriod", startAt=start)


def _speak_english(run: Any) -> None:
    run._r.get_or_add_rPr().set("lang", _LANGUAGE)


# --- Foot and notes ---------------------------------------------------------------------------


def _write_foot(slide: Any, words: str, foot: Foot) -> None:
    """Source, date and number in PowerPoint's own footer fields."""
    size = fitting_size(words, width=FOOT[0].width, height=FOOT[0].height, sizes=(11, 10))
    for place, text in zip(FOOT, (words, foot.date, ""), strict=True):
        slide.shapes._spTree.append(parse_xml(_foot_shape(slide, place, text, size)))


def _foot_shape(slide: Any, place: Place, text: str, size: int) -> str:
    look = f'<a:rPr lang="{_LANGUAGE}" sz="{size * 100}"/>'
    number = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    run = f"<a:r>{look}<a:t>{escape(writable(text))}</a:t></a:r>"
    if place.type == "sldNum":
        run = f"{number}{look}<a:t>{_number_of(slide)}</a:t></a:fld>"
    return (
        f'<p:sp xmlns:a="{_A}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="{_next_id(slide)}" name="{place.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{place.type}" idx="{place.idx}"/>'
        f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def _number_of(slide: Any) -> int:
    """Its number, as long as it is the last one."""
    return len(slide.part.package.presentation_part.presentation.slides)


def _next_id(slide: Any) -> int:
    return max(shape.shape_id for shape in slide.shapes) + 1


def _write_notes(slide: Any, frame: Frame) -> None:
    lines = [frame.notes] if frame.notes else []
    if frame.trend is not None and frame.layout.name == "Chart":
        lines.append("\n".join(["The figures of the chart:", *as_lines(frame.trend)]))
    if lines:
        slide.notes_slide.notes_text_frame.text = writable("\n\n".join(lines))


# --- Chart and picture ------------------------------------------------------------------------


def _put_picture(placeholder: Any, frame: Frame) -> None:
    if not frame.picture:
        placeholder._element.getparent().remove(placeholder._element)
        return
    picture = placeholder.insert_picture(io.BytesIO(frame.picture))
    _describe(picture, "Code to scan", frame.picture_description)


def _describe(shape: Any, name: str, description: str) -> None:
    """Words for those who do not see the shape."""
    properties = shape._element._nvXxPr.cNvPr
    properties.set("name", name)
    properties.set("descr", writable(description))


def _put_chart(placeholder: Any, frame: Frame) -> None:
    assert frame.trend is not None
    figure = placeholder.insert_chart(XL_CHART_TYPE.COLUMN_STACKED, _chart_data(frame.trend))
    _describe(figure, "Chart", f"Stacked columns, one for each quarter. {_in_words(frame.trend)}")
    _style_chart(figure.chart)


def _in_words(trend: TrendTable) -> str:
    figures = "; ".join(", ".join(line.split("\t")) for line in as_lines(trend)[1:])
    return f"{' '.join(described(trend))} {', '.join(as_lines(trend)[0].split(chr(9)))}: {figures}."


def _chart_data(trend: TrendTable) -> CategoryChartData:
    chart_data = CategoryChartData(number_format="0")
    chart_data.categories = [as_cell(quarter) for quarter in trend.quarters]
    for name, counts in trend.series.items():
        chart_data.add_series(as_cell(name), counts)
    return chart_data


def _style_chart(chart: Any) -> None:
    chart.font.size = Pt(14)
    chart.font.color.rgb = RGBColor.from_string(PALETTE["dk1"])
    chart.has_title = True
    chart.chart_title.text_frame.text = "Published pages by quarter"
    title = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    title.size, title.bold = Pt(16), True
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(14)
    _style_axes(chart)
    _style_series(chart.plots[0])


def _style_axes(chart: Any) -> None:
    values = chart.value_axis
    values.minimum_scale = 0
    values.major_unit = _step_for(chart)
    values.tick_labels.font.size = Pt(14)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(PALETTE["lt2"])
    chart.category_axis.tick_labels.font.size = Pt(14)
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(PALETTE["dk1"])


def _step_for(chart: Any) -> int:
    """Steps of the value axis: whole findings, at most about eight of them."""
    stacked = [
        sum(counts) for counts in zip(*(s.values for s in chart.plots[0].series), strict=True)
    ]
    return max(1, -(-round(max(stacked, default=1)) // 8))


def _style_series(plot: Any) -> None:
    plot.gap_width, plot.overlap = 55, 100
    for series, (fill, ink) in zip(plot.series, _SERIES_COLOURS, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = getattr(
            MSO_THEME_COLOR, fill.replace("accent", "ACCENT_")
        )
        labels = series.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = "0;;;", False
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.size, labels.font.bold = Pt(14), True
        labels.font.color.rgb = RGBColor.from_string(ink)
