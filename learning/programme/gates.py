"""What must be done before a cycle may go on: asked of every room that knows something about it.

Rooms above register here (`learning.apps`), so that the programme need not know them.
"""

from collections.abc import Callable

from learning.programme.models import AuditCycle

Gate = Callable[[AuditCycle], list[str]]

_gates: dict[str, list[Gate]] = {}
_cautions: dict[str, list[Gate]] = {}


class CycleNotReady(Exception):
    """The cycle cannot take this step yet; `missing` says what is to be done first, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class ReasonNeeded(CycleNotReady):
    """The step can be taken, and somebody has to say why; `missing` says what speaks against it."""


def hold(step: str, gate: Gate) -> None:
    """From now on `gate` is asked before the step; each sentence that it returns stands in the way."""
    _add(_gates.setdefault(step, []), gate)


def caution(step: str, gate: Gate) -> None:
    """From now on `gate` is asked before the step; a sentence that it returns asks for a reason."""
    _add(_cautions.setdefault(step, []), gate)


def _add(gates: list[Gate], gate: Gate) -> None:
    if gate not in gates:
        gates.append(gate)


def missing_for(cycle: AuditCycle, step: str) -> list[str]:
    """What is still to be done before this step, a sentence each; empty when nothing stands in the way."""
    return [sentence for gate in _gates.get(step, []) for sentence in gate(cycle)]


def cautions_for(cycle: AuditCycle, step: str) -> list[str]:
    """What speaks against this step and may be overcome with a reason, a sentence each."""
    return [sentence for gate in _cautions.get(step, []) for sentence in gate(cycle)]
