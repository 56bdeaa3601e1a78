"""What could not be done with a spot check: each refusal is a sentence for the person who tried."""

from learning.events.refusals import Refusal


class SpotCheckNotPossible(Refusal):
    """The step was not taken; the message or `missing` says what stands in the way."""

    def __init__(
        self, sentence: str, missing: list[str] | None = None, field: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.missing, self.field = missing, field


class SavedMeanwhile(SpotCheckNotPossible):
    """The other auditor has saved since this page was opened; nothing of either text is lost."""
