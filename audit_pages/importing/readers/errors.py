"""A file that cannot be read at all."""


class UnreadableFile(Exception):
    """Its message is one plain sentence for the person who chose the file."""
