"""What the draw tells the rooms above it, which it does not know."""

from django.dispatch import Signal

case_allocated = Signal()
"""Sent by the step that gives a case to a pair, within its transaction: `case`, `allocated_by`, and
`taken_from`, the pair that had it before, or None."""

case_given_back = Signal()
"""Sent by the step that takes a case from its pair, within its transaction: `case`, `given_back_by`. The days
have moved before it was opened, or the case has left the sample."""
