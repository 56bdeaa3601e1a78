"""Annex A workbooks into cases: the forms of 2019 and of January 2024, with all their lists."""

from dataclasses import dataclass
from datetime import date

from learning.selection.frames.cells import (
    LONGEST_TEAM,
    NotADay,
    council_id_of,
    day_of,
    is_decimal,
    is_error,
    is_from_partner,
    plain,
    words_of,
)
from learning.selection.frames.lists import (
    ADOPTERS,
    CHILD_ID,
    FAMILY,
    SOURCES,
    TEAM,
    WORKER,
    AnnexList,
    form_of,
    is_header,
    known_titles,
    list_of,
)
from learning.selection.frames.merging import merge
from learning.selection.frames.rows import Dropped, ListCount, ListedRow, Oddities, ReadFrame
from learning.selection.frames.sheets import HEADER_WITHIN, NumberedRow, Sheet, UnsavedFormula


@dataclass(frozen=True)
class Found:
    """A sheet whose header was found: the titles, plain, and the rows below."""

    titles: list[str]
    rows: list[NumberedRow]
    above: int


def is_annex_a(sheets: list[Sheet]) -> bool:
    """Whether at least one sheet is one of the lists."""
    return any((found := _find(sheet)) and list_of(found.titles) for sheet in sheets)


def read_annex_a(sheets: list[Sheet]) -> ReadFrame:
    """The cases of all lists, with every row counted."""
    return _Reading().read(sheets)


def _find(sheet: Sheet) -> Found | None:
    for place, (_, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        titles = [plain(cell) for cell in cells]
        if is_header(titles):
            return Found(titles, sheet.rows[place + 1 :], place)
    return None


class _Reading:
    """One run over one file."""

    def __init__(self) -> None:
        self.counts: dict[str, ListCount] = {}
        self.rows: list[ListedRow] = []
        self.titles: set[str] = set()
        self.left_out: dict[str, list[str]] = {}
        self.odd = Oddities()

    def read(self, sheets: list[Sheet]) -> ReadFrame:
        for sheet in sheets:
            self._sheet(sheet)
        cases = merge(self.rows, self.counts)
        return ReadFrame(
            form=form_of(self.titles),
            cases=cases,
            lists=list(self.counts.values()),
            left_out=self.left_out,
            notes=self.odd.notes(),
        )

    def _sheet(self, sheet: Sheet) -> None:
        found = _find(sheet)
        if found is None:
            self._refuse(f"Sheet {sheet.place}", len(sheet.rows), Dropped.NO_HEADER)
            return
        self.odd.above += found.above
        annex_list = list_of(found.titles)
        if annex_list is None:
            self._refuse(f"Sheet {sheet.place}", len(found.rows), Dropped.UNKNOWN_LIST)
        elif annex_list.number == ADOPTERS:
            self._refuse(annex_list.name, len(found.rows), Dropped.ADOPTERS)
        else:
            self._list(annex_list, found)

    def _refuse(self, name: str, rows: int, reason: Dropped) -> None:
        count = self.counts.setdefault(name, ListCount(name))
        count.read += rows
        if rows:
            count.drop(reason, rows)

    def _list(self, annex_list: AnnexList, found: Found) -> None:
        count = self.counts.setdefault(annex_list.name, ListCount(annex_list.name))
        self.titles |= set(found.titles)
        wanted = _wanted(annex_list, found.titles)
        self.left_out[annex_list.name] = _left_out(found.titles, wanted)
        id_column = next(place for place, title in enumerate(found.titles) if title in CHILD_ID)
        for _, cells in found.rows:
            count.read += 1
            padded = cells + [""] * (len(found.titles) - len(cells))
            reason = why_not(padded[id_column])
            if reason:
                count.drop(reason)
                continue
            values = {title: padded[place] for title, place in wanted.items()}
            self.odd.unsaved += sum(isinstance(cell, UnsavedFormula) for cell in values.values())
            self.odd.decimals += is_decimal(padded[id_column])
            self.rows.append(self._row(annex_list, padded[id_column], values))

    def _row(self, annex_list: AnnexList, number: str, values: dict[str, str]) -> ListedRow:
        sources = [values[source] for source in SOURCES if values.get(source)]
        is_partners = all(is_from_partner(source) for source in sources)
        ends = [day for title in annex_list.ended if (day := self._day(values.get(title, "")))]
        return ListedRow(
            list_name=annex_list.name,
            council_id=council_id_of(number),
            area=annex_list.area if is_partners or annex_list.number != 1 else "",
            family=council_id_of(values.get(FAMILY, "")),
            team=words_of(values.get(TEAM, ""))[:LONGEST_TEAM],
            worker=words_of(values.get(WORKER, "")),
            opened_on=self._day(values.get(annex_list.opened, "")),
            ended_on=max(ends, default=None),
        )

    def _day(self, text: str) -> date | None:
        try:
            return day_of(text)
        except NotADay:
            self.odd.unread_days += 1
            return None


def _wanted(annex_list: AnnexList, titles: list[str]) -> dict[str, int]:
    """Where the few columns stand that are read."""
    names = {FAMILY, TEAM, WORKER, *SOURCES, annex_list.opened, *annex_list.ended} - {""}
    return {title: place for place, title in enumerate(titles) if title in names}


def _left_out(titles: list[str], wanted: dict[str, int]) -> list[str]:
    """The titles of the columns that were read past; what is no title of Annex A is only counted."""
    passed = [title for title in titles if title and title not in wanted and title not in CHILD_ID]
    known = [known_titles()[title] for title in passed if title in known_titles()]
    others = len(passed) - len(known)
    return [*known, *([f"other columns: {others}"] if others else [])]


def why_not(number: str) -> Dropped | None:
    """Why a row with this in place of the child's number makes no case; None when it does."""
    if isinstance(number, UnsavedFormula):
        return Dropped.UNSAVED
    if is_error(number):
        return Dropped.ERROR
    if plain(number) in CHILD_ID:
        return Dropped.HEADER_AGAIN
    if not words_of(number):
        return Dropped.NO_NUMBER
    return None if council_id_of(number) else Dropped.NOT_A_NUMBER
