"""The state of anything changes by `take_step` alone: locked, refused in words, and with its event row.

The code is read, not run: a call that no test reaches would change a state all the same (domain.md E).
"""

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

HOUSE = Path(__file__).parents[2]
APPS = ("learning", "audit_pages", "search", "home", "portal")
ALLOWED = {
    "learning/events/steps.py getattr(fresh, step)": "`take_step` itself",
    "audit_pages/importing/* batch.*": "a batch goes on in chunks, by the worker: its services lock and save "
    "it, and record one event for both halves of a step",
}
"""Where a step is called beside `take_step`, and why it may be."""

NO_STEP = {
    "* Recommendation.objects.open": "those that are open",
    "* (Path(__file__).parent*.open": "a file",
    "* (settings.PORTAL_STATE_DIR*.open": "a file",
    "* (stage.folder / LOG).open": "a file",
    "* _STEPS.open": "a file",
    "* log.open": "a file",
    "* package.open": "a part of a spreadsheet",
    "* path.open": "a file",
    "* upload.open": "a picture",
    "learning/letters/pages.py _keepers*.begin": "the keeper of pages, registered by a higher room",
    "learning/people/mailing.py *.send": "an e-mail",
    "learning/submissions/urgent.py concern_reported.send": "a signal",
    "search/ledger/draining.py target.send": "records for the engine",
    "search/elastic/building.py pool.submit": "work for a thread",
    "audit_pages/packs/deck/paragraphs.py reader.close": "a reader of markup",
    "audit_pages/publishing/purging.py state.cancel": "a workflow of Wagtail's",
    "portal/benchmarks/* connection.close": "a connection",
    "portal/demo/audits/under_way.py concerns.hand_over": "the demo's own story of concerns",
}
"""Calls of something else that goes by the name of a step, and of what."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every file of the house that runs, by its name; migrations change no state by steps."""
    for app in APPS:
        for path in sorted((HOUSE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(HOUSE)), ast.parse(path.read_text("utf-8"))


def steps_of(tree: ast.Module) -> set[str]:
    """The methods that `@transition` makes steps."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("transition")
    }


def imported(tree: ast.Module) -> set[str]:
    """Names that a file imports: what is called on one of them is a function of a module or a class."""
    return {
        (name.asname or name.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }


def calls_of(tree: ast.Module, steps: set[str]) -> Iterator[tuple[int, str]]:
    """Where a step is called on a thing, or a method by a name that is only known when it runs."""
    known = imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in steps:
            if not (isinstance(called.value, ast.Name) and called.value.id in known):
                yield node.lineno, ast.unparse(called)
        elif isinstance(called, ast.Call) and ast.unparse(called.func) == "getattr":
            yield node.lineno, ast.unparse(called)


def found() -> list[tuple[str, str]]:
    """Each call beside `take_step`, as the lists above name it, and with its line."""
    everything = dict(trees())
    steps = set().union(*map(steps_of, everything.values()))
    assert {"sign_off", "confirm_completion", "issue"} <= steps
    return [
        (f"{name} {call}", f"{name}:{line} {call}")
        for name, tree in everything.items()
        for line, call in calls_of(tree, steps)
    ]


def test_nobody_takes_a_step_beside_the_one_way() -> None:
    beside = [
        where
        for call, where in found()
        if not any(fnmatchcase(call, allowed) for allowed in [*ALLOWED, *NO_STEP])
    ]
    assert not beside, f"Use learning.events.steps.take_step, or say why not: {beside}"


def test_every_exception_is_still_needed() -> None:
    calls = [call for call, _ in found()]
    idle = [a for a in [*ALLOWED, *NO_STEP] if not any(fnmatchcase(call, a) for call in calls)]
    assert not idle


def test_a_step_that_is_taken_aside_is_seen() -> None:
    """On a row, on a row just read, and by a name that is only known when it runs; modules are left alone."""
    written = """
from learning.submissions import assuring
def hurry(submission, step):
    assuring.sign_off(submission=submission)
    submission.sign_off()
    AuditSubmission.objects.get(pk=1).sign_off()
    getattr(submission, step)()
"""
    seen = calls_of(ast.parse(written), {"sign_off"})
    assert sorted(line for line, _ in seen) == [5, 6, 7]
