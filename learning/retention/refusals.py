"""What could not be done about retention, said to the person who tried."""

from learning.events.refusals import Refusal


class RetentionNotPossible(Refusal):
    """Nothing has changed; the message says why."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
