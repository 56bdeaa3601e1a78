"""What the draw tells the rooms above it, which it does not know."""

from django.dispatch import Signal

case_allocated = Signal()
"""Sent by the step that gives a case to a pair, within its transaction: `case`, `allocated_by`."""

case_given_back = Signal()
"""Sent by the step that takes a case from its pair before it was opened: `case`, `given_back_by`."""
