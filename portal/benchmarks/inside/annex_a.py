"""An Annex A workbook of a large council, made in code: every list, with columns that are never kept."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl

DAY = date(2030, 1, 7)
NEVER_KEPT = {
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2019, 3, 17),
    "Age of Child (Years)": 11,
    "Does the Child have a Disability": "N",
}
LISTS: dict[int, tuple[str, ...]] = {
    1: ("Date of Contact", "Contact Source"),
    2: ("Assessment start date", "Organisation completing assessment"),
    3: ("Date of Referral", "Referral Source", "Allocated Team", "Allocated Worker"),
    6: ("CIN Start Date", "CIN Closure Date", "Allocated Team", "Allocated Worker"),
    7: ("Child Protection Plan Start Date", "Allocated Team", "Allocated Worker"),
    8: ("Date Started to be Looked After", "Allocated Team", "Allocated Worker"),
    9: ("Eligibility Category", "Allocated Team", "Allocated Worker"),
    10: ("Family identifier", "Date the Child Entered Care"),
}
SAID = {
    "Contact Source": "q) 6: Police",
    "Referral Source": "b) 2A: Schools",
    "Organisation completing assessment": "Children's centres",
    "Eligibility Category": "b) Former relevant",
    "CIN Closure Date": None,
}


def workbook(rows: int) -> bytes:
    """So many rows over all lists; every third child is on two of them."""
    book = openpyxl.Workbook(write_only=True)
    for turn, (number, titles) in enumerate(LISTS.items()):
        sheet = book.create_sheet(f"List {number}")
        sheet.append(["Child Unique ID", *NEVER_KEPT, *titles])
        for row in range(rows // len(LISTS)):
            sheet.append(_row(turn, row, titles))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(turn: int, row: int, titles: tuple[str, ...]) -> list[Any]:
    child = row if row % 3 == 0 else row + turn * 100_000
    return [7_000_000 + child, *NEVER_KEPT.values(), *(_cell(title, row) for title in titles)]


def _cell(title: str, row: int) -> Any:
    if title == "Family identifier":
        return 880_000 + row // 2
    if title.startswith("Allocated"):
        return f"{title.removeprefix('Allocated ')} {row % 23}"
    return SAID.get(title, DAY + timedelta(days=row % 200))
