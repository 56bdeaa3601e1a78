"""What could not be done, said to the person who tried."""


class Refusal(Exception):
    """The step was not taken, and nothing has changed; the message is a sentence for the person.

    Where the sentence is about one field of a form, `field` names it; where several things stand in the
    way, `missing` has a sentence for each.
    """

    field: str | None = None
    missing: list[str] | None = None
