"""What could not be done with a recommendation: each refusal is a sentence for the person who tried."""

from learning.events.refusals import Refusal


class NotPossible(Refusal):
    """The step was not taken, and nothing has changed."""


class DraftNotPossible(NotPossible):
    """Nothing can be drafted here any more, or a draft is no draft any more."""


class IssueNotPossible(NotPossible):
    """The draft is not ready to go to an owner."""


class StatementNotEnough(NotPossible):
    """The words do not say what was done, when, and what shows it (domain.md A44).

    `field` is the field of the form that the sentence is about.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class VerificationNotPossible(NotPossible):
    """Somebody else has to look at the statement."""


class ExtensionNotPossible(NotPossible):
    """More time cannot be asked for, or granted, in this way."""


class NonAcceptanceNotPossible(NotPossible):
    """Not accepting cannot be proposed, or decided, in this way."""


class HandingOverNotPossible(NotPossible):
    """It cannot be given to this person."""


class PauseNotPossible(NotPossible):
    """The ladder cannot be paused in this way."""


class SupersedingNotPossible(NotPossible):
    """This recommendation cannot take the other's place."""
