"""What the draw tells the rooms above it, which it does not know."""

from django.dispatch import Signal

case_allocated = Signal()
"""Sent by the step that gives a case to a pair, within its transaction: `case`, `allocated_by`."""
