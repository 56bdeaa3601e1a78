"""What could not be done with a letter: each refusal is a sentence for the person who tried."""

from learning.events.refusals import Refusal


class NotPossible(Refusal):
    """The step was not taken, and nothing has changed."""


class NominationNotPossible(NotPossible):
    """No letter can come out of this audit now."""


class WriterNotPossible(NotPossible):
    """This person cannot write the letter, or it is too late to choose."""


class PageNotPossible(NotPossible):
    """There is no section on the portal that could hold the page."""
