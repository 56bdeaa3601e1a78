"""Somebody who works with the keyboard alone, and has to see at each stop where they are."""

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

MOST_STOPS = 120
"""Further than this nobody would press Tab on one page."""
STOP = """(wanted) => {
  const one = document.activeElement;
  const looks = () => [[one, null], ...[...(one.labels ?? [])].map((label) => [label, "::before"])]
    .map(([part, pseudo]) => getComputedStyle(part, pseudo))
    .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow }) => [
      outlineStyle === "none" || parseFloat(outlineWidth) === 0 || outlineColor === "rgba(0, 0, 0, 0)"
        ? "" : `${outlineStyle} ${outlineWidth} ${outlineColor}`,
      boxShadow === "none" ? "" : boxShadow,
    ]);
  const withFocus = looks();
  one.blur();
  const without = looks();
  one.focus({ preventScroll: true, focusVisible: true });
  const { top, bottom, left, right } = one.getBoundingClientRect();
  return {
    isWanted: one === wanted,
    isInSight: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    isMarked: withFocus.some((part, place) => part.some((look, kind) => look && look !== without[place][kind])),
    what: one.outerHTML.slice(0, 120),
  };
}"""
"""Where the focus is, and whether an outline or a shadow that is there only with the focus shows it."""


class Keyboard:
    """The keys that somebody presses in one tab; never a click."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab until this has the focus; every stop on the way shows that it has it."""
        wanted = target.first.element_handle()
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.tab.keyboard.press(key)
            if self._stop(wanted, passed):
                return
        raise AssertionError("Not reached with Tab. Passed: " + "\n".join(passed))

    def stands_at(self, target: Locator) -> None:
        """This has the focus, without a key, and shows it."""
        expect(target).to_be_focused()
        self._stop(None, [])

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go there, and press it."""
        self.reach(target)
        self.tab.keyboard.press(key)

    def follow(self, target: Locator, key: str = "Tab") -> None:
        """Go there, press Enter, and wait for the page that it leads to."""
        self.reach(target, key)
        self.enter()

    def enter(self) -> None:
        with self.tab.expect_navigation():
            self.tab.keyboard.press("Enter")

    def write(self, target: Locator, words: str) -> None:
        """Go there, and type."""
        self.reach(target)
        self.tab.keyboard.type(words)

    def choose(self, target: Locator, words: str) -> None:
        """Go to a list of choices, and down it with the arrow to the one of these words."""
        self.reach(target)
        options = [option.strip() for option in target.locator("option").all_inner_texts()]
        for _ in range(options.index(words)):
            self.tab.keyboard.press("ArrowDown")
        expect(target.locator("option:checked")).to_have_text(words)

    def _stop(self, wanted: object, passed: list[str]) -> bool:
        stop = self.tab.evaluate(STOP, wanted)
        passed.append(stop["what"])
        is_on_the_page = not stop["what"].startswith("<body")
        assert not is_on_the_page or stop["isMarked"], f"Nothing shows the focus: {stop['what']}"
        assert not is_on_the_page or stop["isInSight"], f"Out of sight: {stop['what']}"
        return bool(stop["isWanted"])
