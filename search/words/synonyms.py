"""Lines of synonyms, and a query's words seen through them.

A line is `a, b, c` (each finds all) or `a => b, c` (the left side finds what stands on the right).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis.analyser import Analyser, Token

Terms = tuple[str, ...]

LONGEST_LINE, LONGEST_PHRASE = 600, 100
"""In characters, of what an editor writes."""


class SynonymsRefused(ValueError):
    """Lines that cannot be used; `problems` are sentences for the editor."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class SynonymLine:
    """One line as written: the phrases that are looked for, and those that they find."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def __str__(self) -> str:
        if self.left == self.right:
            return ", ".join(self.left)
        return f"{', '.join(self.left)} => {', '.join(self.right)}"


@dataclass(frozen=True)
class Group:
    """A stretch of a query: what was typed (`words`, `terms`) and what else answers it."""

    words: str
    terms: Terms
    others: tuple[Terms, ...] = ()
    other_words: tuple[str, ...] = ()
    little: bool = False
    literal: bool = True
    """False when a line of the `=>` kind leaves its own left side out."""

    @property
    def alternatives(self) -> tuple[Terms, ...]:
        return ((self.terms,) if self.literal else ()) + self.others


def parse_line(line: str) -> SynonymLine:
    """The line read; a `SynonymsRefused` says what is wrong with it."""
    left_text, arrow, right_text = line.partition("=>")
    left = _phrases(left_text)
    right = _phrases(right_text) if arrow else left
    if not left or not right:
        raise SynonymsRefused([f"“{line.strip()}” has nothing on one side of the arrow."])
    if not arrow and len(left) < 2:
        raise SynonymsRefused(
            [f"“{line.strip()}” has only one phrase: write at least two, or use “=>”."]
        )
    return SynonymLine(left, right)


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(part.split()) for part in text.split(",") if part.strip()))


class Synonyms:
    """The lines as one analyser reads them."""

    def __init__(self, analyser: Analyser, lines: Iterable[SynonymLine]) -> None:
        self.analyser = analyser
        self._found_by: dict[Terms, dict[Terms, str]] = {}
        self._one_way: set[Terms] = set()
        for line in lines:
            self._add(line)
        self._longest = max(map(len, self._found_by), default=1)

    def _add(self, line: SynonymLine) -> None:
        right = {tuple(self.analyser.terms(phrase)): phrase for phrase in line.right}
        for phrase in line.left:
            terms = tuple(self.analyser.terms(phrase))
            if line.left != line.right:
                self._one_way.add(terms)
            if terms:
                self._found_by.setdefault(terms, {}).update(right)

    def groups(self, text: str, *, expand: bool = True) -> list[Group]:
        """The query in stretches, longest known phrase first; nothing is left out."""
        tokens = self.analyser.tokens(text)
        groups: list[Group] = []
        place = 0
        while place < len(tokens):
            length = self._length_at(tokens, place) if expand else 0
            groups.append(
                self._group(text, tokens[place : place + max(length, 1)], known=length > 0)
            )
            place += max(length, 1)
        return groups

    def _length_at(self, tokens: list[Token], place: int) -> int:
        """How many tokens from `place` on are a known phrase; 0 when none is."""
        for length in range(min(self._longest, len(tokens) - place), 0, -1):
            if tuple(token.term for token in tokens[place : place + length]) in self._found_by:
                return length
        return 0

    def _group(self, text: str, tokens: list[Token], *, known: bool) -> Group:
        words, terms = text[tokens[0].start : tokens[-1].end], tuple(token.term for token in tokens)
        if not known:
            return Group(words, terms, little=tokens[0].little)
        found = self._found_by[terms]
        others = {other: phrase for other, phrase in found.items() if other != terms}
        return Group(words, terms, tuple(others), tuple(others.values()), literal=terms in found)

    def knows(self, term: str) -> bool:
        """Whether a line begins with this word alone."""
        return (term,) in self._found_by

    def is_ambiguous(self, phrase: str) -> bool:
        """Whether editors let the phrase lead one way only, as what can mean several things."""
        return tuple(self.analyser.terms(phrase)) in self._one_way

    def phrases_meaning(self, phrase: str) -> tuple[Terms, ...]:
        """The phrase's terms and those of everything that a line makes equal to it."""
        terms = tuple(self.analyser.terms(phrase))
        return tuple(dict.fromkeys((terms, *self._found_by.get(terms, ()))))


def problems_in(lines: Iterable[str], analyser: Analyser) -> list[str]:
    """What forbids using these lines together, in sentences for the editor; empty when all is
    well."""
    problems: list[str] = []
    taken: dict[Terms, str] = {}
    parsed: list[SynonymLine] = []
    for text in lines:
        try:
            line = parse_line(text)
        except SynonymsRefused as refused:
            problems += refused.problems
            continue
        problems += _problems_of_line(line, taken, analyser)
        parsed.append(line)
    return problems + _circles(parsed, analyser)


def problems_of_length(line: str) -> list[str]:
    """What is too long in a line: nobody types such a phrase, and no database indexes such a line."""
    if len(line) > LONGEST_LINE:
        return [f"The line is longer than {LONGEST_LINE} characters: split it."]
    return [
        f"“{phrase[:40]}…” is longer than {LONGEST_PHRASE} characters."
        for phrase in _phrases(line.replace("=>", ","))
        if len(phrase) > LONGEST_PHRASE
    ]


def _circles(lines: Iterable[SynonymLine], analyser: Analyser) -> list[str]:
    """Pairs that lead to each other and away from themselves: each would find only the other."""
    leads = {
        tuple(analyser.terms(phrase)): {tuple(analyser.terms(to)): to for to in line.right}
        for line in lines
        for phrase in line.left
    }
    return sorted(
        f"“{phrase}” and “{leads[there][here]}” lead to each other and away from themselves: "
        f"write “{phrase}, {leads[there][here]}”, without an arrow."
        for here, found in leads.items()
        for there, phrase in found.items()
        if here < there
        and here in leads.get(there, {})
        and here not in found
        and there not in leads[there]
    )


def _problems_of_line(line: SynonymLine, taken: dict[Terms, str], analyser: Analyser) -> list[str]:
    problems = []
    for phrase in line.left + tuple(p for p in line.right if p not in line.left):
        if not analyser.terms(phrase):
            problems.append(f"“{phrase}” holds no word that can be searched for.")
    own = {tuple(analyser.terms(phrase)): phrase for phrase in line.left}
    for terms, phrase in own.items():
        if terms in taken:
            problems.append(
                f"“{phrase}” stands on the left of two lines: “{taken[terms]}” and “{line}”."
            )
    taken.update(dict.fromkeys(own, str(line)))
    return problems
