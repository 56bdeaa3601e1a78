"""The way of a spot check (domain.md A76, E6)."""

from django.db import models


class SpotCheckState(models.TextChoices):
    DRAWN = "drawn", "Drawn"
    DONE = "done", "Done"
    QUALITY_ASSURED = "quality_assured", "Quality assured"
    FOLDED = "folded", "In a report"
    SET_ASIDE = "set_aside", "Set aside"
    DISPOSED = "disposed", "Disposed of"


NOT_DISPOSED = tuple(state for state in SpotCheckState if state != SpotCheckState.DISPOSED)

UNFINISHED = (SpotCheckState.DRAWN, SpotCheckState.DONE)
"""States in which nobody has signed it off yet."""

READABLE = (SpotCheckState.QUALITY_ASSURED, SpotCheckState.FOLDED)
"""States in which those read it who did not make it."""

WITH_THE_LEAD = (SpotCheckState.DONE, *READABLE)

TAKES_CONCERNS = (SpotCheckState.DRAWN, SpotCheckState.DONE, SpotCheckState.QUALITY_ASSURED)
"""States in which those who make it can report what cannot wait, as a pair can until its audit is locked."""

WHAT_COMES = {
    SpotCheckState.DRAWN: "One or two prepared auditors read the record and write what they see.",
    SpotCheckState.DONE: "A lead who did not make it reads it, and signs it off or sends it back.",
    SpotCheckState.QUALITY_ASSURED: "It goes into the report of the coming cycle, as a count and themes.",
    SpotCheckState.FOLDED: "It is part of a cycle’s report and never changes again.",
    SpotCheckState.SET_ASIDE: "It was not made; the reason is kept.",
    SpotCheckState.DISPOSED: "What was written in it is gone; that it was made, and its themes, stay.",
}
