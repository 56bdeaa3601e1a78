"""What could not be done with an escalation: each refusal is a sentence for the person who tried."""

from learning.events.refusals import Refusal


class NotPossible(Refusal):
    """The step was not taken, and nothing has changed."""


class ConveyingNotPossible(NotPossible):
    """It cannot go to this person, or with this deadline. `field` is what the sentence is about."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class HandingOverNotPossible(ConveyingNotPossible):
    """It cannot go to this person, or somebody else has handed it over a moment ago."""


class NoteNotPossible(NotPossible):
    """Nothing is added to what is closed."""
