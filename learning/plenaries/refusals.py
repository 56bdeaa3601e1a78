"""What cannot be done with a plenary, said to the person who tried."""

from typing import Any

from learning.events.refusals import Refusal


class PlenaryNotPossible(Refusal):
    """The step was not taken; the message says why."""


class GradeInPlenary(PlenaryNotPossible):
    """There is a grade in the words; `field` says in which box."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NoteHasChanged(Exception):
    """Somebody else wrote in the same box meanwhile: nothing was saved, and both texts are here.

    `clashing` names the boxes; `mine` has the colleague's words already wherever they do not clash.
    """

    def __init__(self, note: Any, mine: dict[str, Any], clashing: list[str]) -> None:
        super().__init__(
            f"{note.written_by} wrote in the same place meanwhile. Nothing is lost: their text stands above "
            "the form, yours in it. Bring both together, and save again."
        )
        self.note, self.mine, self.clashing = note, mine, clashing
