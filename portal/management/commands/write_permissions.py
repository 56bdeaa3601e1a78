"""`write_permissions`: docs/permissions.md, from the matrix and the map of addresses."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.access.matrix import Relation, Right
from learning.people.roles import Role
from portal.permissions import DOORS, Door, Opener

PATH = settings.BASE_DIR / "docs" / "permissions.md"

OPENING = """# Who may do what

Written by `manage.py write_permissions` from `learning/access/matrix.py` and `portal/permissions.py`;
change those, not this page. The tests sign in as each role alone and ask for each address of the
portal (`tests/portal/test_permissions.py`), so what stands here is what happens.

A person may have several roles. *Auditor*, *auditee* and *owner* are relations to one case or one
recommendation, not roles. A superuser sets the portal up and passes wherever a role would, with these
exceptions: everything that is about one case (drawn cases, keys, submissions, recommendations, evidence),
the access log, and approving one's own writing. Whoever is let in to a list still sees in it only what
they may read.
"""


class Command(BaseCommand):
    help = "Writes docs/permissions.md; with --check, says whether it is as the code has it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail if it differs."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        words = permissions_page()
        if not options["check"]:
            PATH.write_text(words, encoding="utf-8")
        elif not PATH.exists() or PATH.read_text(encoding="utf-8") != words:
            raise CommandError(
                "docs/permissions.md is out of date: run manage.py write_permissions."
            )


def permissions_page() -> str:
    """The whole page as Markdown."""
    parts = [_matrix(), _relations(), _notes(), _addresses()]
    return "\n".join([OPENING, *(line for part in parts for line in [*part, ""])])


def _matrix() -> Iterator[str]:
    yield "## Roles\n"
    yield "| | " + " | ".join(str(role.label) for role in Role) + " |"
    yield "|---|" + ":-:|" * len(Role)
    for right in Right:
        marks = ["●" if right.allows(role) else "" for role in Role]
        yield f"| {right.value.words} | " + " | ".join(marks) + " |"


def _relations() -> Iterator[str]:
    yield "## Relations\n"
    yield "What opens to somebody because of what they are to that case or recommendation.\n"
    yield "| | " + " | ".join(relation.value for relation in Relation) + " |"
    yield "|---|" + ":-:|" * len(Relation)
    for right in Right:
        if right.value.relations:
            marks = ["●" if relation in right.value.relations else "" for relation in Relation]
            yield f"| {right.value.words} | " + " | ".join(marks) + " |"


def _notes() -> Iterator[str]:
    yield "## Notes\n"
    for right in Right:
        if right.value.note:
            yield f"- **{right.value.words}:** {right.value.note}"


def _addresses() -> Iterator[str]:
    yield "## Addresses\n"
    yield "By the name of the URL; `*` stands for anything, and the longest name that fits counts.\n"
    openers: list[Opener] = [*Door, *Right]
    for opener in openers:
        names = sorted(name for name, opens in DOORS.items() if opens is opener)
        if names:
            words = opener.value if isinstance(opener, Door) else opener.value.words
            yield f"- **{words}:** " + ", ".join(f"`{name}`" for name in names)
