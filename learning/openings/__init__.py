"""Letting somebody read one audit who is nothing to it: by break-glass, or because they asked."""
