"""What could not be opened, said to the person who tried."""

from learning.events.refusals import Refusal


class OpeningNotPossible(Refusal):
    """Nothing was opened, and nobody was let in."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
