"""Words that tell readers who is meant when little else is said: illness, immigration, work (domain.md D7).

Short lists on purpose: what half of all families meet tells nobody apart.
"""

import re
from collections.abc import Iterator

from learning.disclosure.kinds import Kind, Span

_HEALTH = (
    r"epilep(?:sy|tic)|cystic fibrosis|sickle[ -]cell|cerebral palsy|muscular dystrophy|spina bifida|"
    r"down'?s syndrome|tourette'?s?|huntington'?s|h(?:a)?emophilia|leuk(?:a)?emia|chemotherapy|dialysis|"
    r"transplants?|schizophreni[ac]|bipolar|psychosis|anorexia|bulimia|hiv|hepatitis|tuberculosis|"
    r"f(?:o)?etal alcohol|brain injury|gastrostomy|tracheostomy|terminally ill|"
    r"diagnos(?:ed with|is of) (?!the\b|what\b)\w+"
)
_IMMIGRATION = (
    r"asylum|refugee status|no recourse to public funds|nrpf|(?:indefinite )?leave to remain|"
    r"deport(?:ed|ation)|overstay(?:ed|er|ers)|home office|(?:spouse|student|work|visitor) visas?|"
    r"undocumented|age[ -]disputed"
)
_EMPLOYER = (
    r"prisons?|young offender institution|regiment|barracks|battalion|royal navy|"
    r"(?:british|in the) army|(?:football|rugby|boxing|cricket|netball|gymnastics|swimming) club"
)
_TERMS = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I))
    for kind, words in (
        (Kind.HEALTH, _HEALTH),
        (Kind.IMMIGRATION, _IMMIGRATION),
        (Kind.EMPLOYER, _EMPLOYER),
    )
)
_NAMED_EMPLOYER = re.compile(
    r"\bHM(?:P|YOI) [A-Z]\w+|\b(?:works?|worked|working|employed|a job) (?:at|for|by) (?:the )?[A-Z]\w+"
)


def find(text: str) -> Iterator[Span]:
    """Particular conditions, immigration, prisons and clubs; and for whom somebody works by name."""
    for kind, pattern in _TERMS:
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind)
    for match in _NAMED_EMPLOYER.finditer(text):
        yield Span(*match.span(), Kind.EMPLOYER)
