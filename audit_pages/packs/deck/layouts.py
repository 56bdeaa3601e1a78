"""Where everything stands on our slides: the layouts as lists of places, in points on 960 × 540."""

from dataclasses import dataclass, field

from audit_pages.packs.deck.flow import Box

WIDTH, HEIGHT = 960, 540


@dataclass(frozen=True)
class Place:
    """One placeholder: its type in PowerPoint's words, where it stands, and how its text looks."""

    type: str
    idx: int
    name: str
    x: int
    y: int
    width: int
    height: int
    size: int = 20
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"

    @property
    def box(self) -> Box:
        return Box(self.width, self.height)


@dataclass(frozen=True)
class Band:
    """A plain coloured shape behind the text."""

    x: int
    y: int
    width: int
    height: int
    colour: str


@dataclass(frozen=True)
class Layout:
    """One layout of the master. `ground` colours the whole slide when it is not the master's."""

    name: str
    places: tuple[Place, ...]
    bands: tuple[Band, ...] = ()
    ground: str = ""
    foot_colour: str = "tx2"
    shows_arches: bool = False
    kind: str = field(default="")

    def place(self, name: str) -> Place:
        return next(place for place in self.places if place.name == name)


KICKER = Place(
    "body", 20, "Kind", 48, 26, 864, 24, size=16, colour="accent2", bold=True, anchor="b"
)
TITLE = Place("title", 0, "Title", 48, 52, 864, 78, size=30, bold=True)
FOOT = (
    Place("ftr", 10, "Source", 48, 492, 620, 38, size=11),
    Place("dt", 11, "Date", 680, 492, 160, 38, size=11, align="r"),
    Place("sldNum", 12, "Slide number", 852, 492, 60, 38, size=11, align="r"),
)
TITLE_SIZES = (32, 30, 28, 26, 24, 22, 20, 18, 16)
TEXT_SIZES = (24, 22, 20, 18, 16)


def _body(idx: int, name: str, x: int, y: int, width: int, height: int, **look: object) -> Place:
    return Place("body", idx, name, x, y, width, height, **look)  # type: ignore[arg-type]


FRONT = Layout(
    "Title slide",
    (
        Place(
            "ctrTitle", 0, "Title", 72, 130, 548, 168, size=44, colour="bg1", bold=True, anchor="b"
        ),
        Place("subTitle", 1, "Subtitle", 72, 324, 560, 122, size=22, colour="bg2"),
    ),
    bands=(Band(72, 304, 96, 5, "accent3"),),
    ground="tx2",
    foot_colour="bg2",
    shows_arches=True,
    kind="title",
)
OPENING = Layout(
    "Opening of an item",
    (
        KICKER,
        Place("title", 0, "Title", 48, 54, 864, 112, size=36, bold=True),
        _body(1, "Summary", 48, 186, 520, 284, size=24),
        _body(13, "Facts", 624, 202, 268, 252, size=16),
    ),
    bands=(Band(604, 186, 308, 284, "bg2"), Band(604, 186, 6, 284, "accent3")),
)
ONE_PART = Layout(
    "One part of an item",
    (
        KICKER,
        TITLE,
        _body(13, "Heading", 48, 146, 216, 320, size=24, colour="accent1", bold=True),
        _body(1, "Text", 296, 146, 616, 326, size=22),
    ),
    bands=(Band(280, 150, 3, 316, "accent3"),),
)
TWO_PARTS = Layout(
    "Two parts of an item",
    (
        KICKER,
        TITLE,
        _body(
            13, "Left heading", 48, 144, 412, 32, size=22, colour="accent1", bold=True, anchor="b"
        ),
        _body(1, "Left text", 48, 188, 412, 284, size=20),
        _body(
            14, "Right heading", 500, 144, 412, 32, size=22, colour="accent1", bold=True, anchor="b"
        ),
        _body(2, "Right text", 500, 188, 412, 284, size=20),
    ),
    bands=(Band(48, 179, 412, 3, "accent3"), Band(500, 179, 412, 3, "accent3")),
)
TEXT = Layout("Text", (KICKER, TITLE, _body(1, "Text", 48, 144, 864, 330, size=24)))
ACTIVITY = Layout(
    "Something to do together",
    (KICKER, TITLE, _body(1, "Text", 76, 158, 812, 304, size=24)),
    bands=(Band(48, 142, 864, 334, "bg2"), Band(48, 142, 8, 334, "accent2")),
)
CHART = Layout(
    "Chart",
    (
        KICKER,
        TITLE,
        Place("chart", 1, "Chart", 48, 138, 592, 340, size=14),
        _body(13, "What it shows", 668, 150, 244, 320, size=18),
    ),
)
READ_MORE = Layout(
    "Where to read more",
    (
        KICKER,
        TITLE,
        _body(1, "Text", 48, 146, 580, 326, size=20),
        Place("pic", 13, "Code", 684, 146, 208, 208, size=12),
        _body(14, "Caption", 664, 364, 248, 104, size=16, align="ctr"),
    ),
    bands=(Band(672, 134, 232, 232, "lt1"),),
)
LAYOUTS = (FRONT, OPENING, ONE_PART, TWO_PARTS, TEXT, ACTIVITY, CHART, READ_MORE)
