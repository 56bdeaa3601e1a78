"""What is known of a source: who wrote it, and under what licence it may be shown."""

import re
from dataclasses import dataclass, field

from audit_pages.importing.structure import find_source
from audit_pages.pages.findings import ImportedSourcePage

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"
OPEN_GOVERNMENT_LICENCE_URL = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)
CROWN_PUBLISHERS = re.compile(
    r"(ofsted|department for education|dfe|hmicfrs|hmi probation|hm inspectorate)\b", re.IGNORECASE
)
"""Publishers whose reports are Crown copyright, to be used under the Open Government Licence."""

NOT_STATED = "Not stated"


@dataclass(frozen=True)
class SourceTerms:
    """A source's name and terms, complete; `warnings` say what had to be filled in."""

    name: str
    attribution: str
    licence: str
    licence_url: str
    warnings: list[str] = field(default_factory=list)


def complete_terms(
    name: str, *, attribution: str = "", licence: str = "", licence_url: str = ""
) -> SourceTerms:
    """The terms as they stand on the source's page; else as said; else what its name tells."""
    name = " ".join(name.split())
    known = find_source(name)
    if known is not None:
        return _standing(known, attribution, licence)
    if licence:
        return _said(name, attribution, licence, licence_url)
    if is_crown_publisher(name):
        return _crown(name, attribution)
    return SourceTerms(
        name,
        attribution or f"Source: {name}.",
        NOT_STATED,
        licence_url,
        [f"The licence of “{name}” was not given. Put it on the source's page before approving."],
    )


def is_crown_publisher(name: str) -> bool:
    return CROWN_PUBLISHERS.match(name) is not None


def crown_attribution(name: str) -> str:
    return (
        f"{name}. Crown copyright. Contains public sector information licensed under the "
        f"{OPEN_GOVERNMENT_LICENCE}."
    )


def _crown(name: str, attribution: str) -> SourceTerms:
    return SourceTerms(
        name,
        attribution or crown_attribution(name),
        OPEN_GOVERNMENT_LICENCE,
        OPEN_GOVERNMENT_LICENCE_URL,
        [f"“{name}” publishes under the {OPEN_GOVERNMENT_LICENCE}; taken so, as nothing was said."],
    )


def _said(name: str, attribution: str, licence: str, licence_url: str) -> SourceTerms:
    if licence.strip().lower() in ("ogl", "ogl v3", "ogl v3.0", OPEN_GOVERNMENT_LICENCE.lower()):
        licence, licence_url = OPEN_GOVERNMENT_LICENCE, licence_url or OPEN_GOVERNMENT_LICENCE_URL
        attribution = attribution or crown_attribution(name)
    return SourceTerms(name, attribution or f"Source: {name}.", licence, licence_url)


def _standing(page: ImportedSourcePage, attribution: str, licence: str) -> SourceTerms:
    warnings = []
    if (attribution and attribution != page.attribution) or (licence and licence != page.licence):
        warnings = [
            "The source is known already: its own attribution and licence stay as they are."
        ]
    return SourceTerms(page.title, page.attribution, page.licence, page.licence_url, warnings)
