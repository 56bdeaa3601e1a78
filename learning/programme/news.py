"""What this room announces to those above it."""

from django.dispatch import Signal

cycle_changed = Signal()
"""Something that people are told of a cycle has changed: `cycle`, and the `step` that was taken, or "".

Sent inside the transaction that made the change.
"""

days_moved = Signal()
"""The days of a cycle are others now: `cycle`, `moved_by` and the `reason`. Sent inside the transaction."""
