"""What could not be done with a report: each refusal is a sentence for the person who tried."""

from learning.events.refusals import Refusal
from learning.reports.models import ReportPart


class ReportNotPossible(Refusal):
    """The step was not taken, and nothing has changed."""


class ReportNotReady(ReportNotPossible):
    """The report cannot be signed yet; `missing` says what is to be done, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class NotTheirName(ReportNotPossible):
    """What was typed as a signature is not the name of the person who signs."""

    field = "full_name"


class PartHasChanged(ReportNotPossible):
    """Somebody else has saved the part meanwhile; `part` is as they left it."""

    def __init__(self, part: ReportPart) -> None:
        super().__init__(
            f"{part.written_by} has saved this part meanwhile. Their text stands below yours: bring both "
            "together and save again."
        )
        self.part = part
