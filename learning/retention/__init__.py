"""How long restricted text is kept, who holds it back, and how it goes."""
