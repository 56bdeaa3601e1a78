"""The permission matrix (domain.md E7), as far as the portal is built: who may do what, in one place.

`docs/permissions.md` is written from this table, and the tests sign in as every role and hold every
address of the portal against it.
"""

from dataclasses import dataclass
from enum import Enum

from learning.people.roles import DESK_ROLES, READING_ROLES, Role

ALL = frozenset(Role)


@dataclass(frozen=True)
class Row:
    """One line of the matrix: what it is about, and the roles that may."""

    words: str
    roles: frozenset[Role]
    note: str = ""


class Right(Enum):
    """Everything that somebody may or may not do."""

    OPEN = Row("Sign in, sign out, change one's own password, see whether the portal works", ALL)
    READ = Row(
        "Read guidance, training, rules, questions, briefings, glossary, letters, findings and themes; "
        "search them; keep bookmarks; say whether a page was useful",
        READING_ROLES,
        "A page with a privacy setting of its own is read by its groups only.",
    )
    OWN_WORK = Row("See one's own work and bookmarks", ALL, "Empty for roles without reading.")
    BUILD_PACKS = Row(
        "Build presentation packs from what is published, and share them",
        READING_ROLES - {Role.BOARD_MEMBER, Role.INFORMATION_GOVERNANCE},
        "A pack is its owner's; colleagues whom the owner names read and download it.",
    )
    READ_PACKS = Row(
        "Read and download packs that were shared with oneself",
        READING_ROLES - {Role.INFORMATION_GOVERNANCE},
    )
    WRITE_PAGES = Row("Write and change pages, as drafts", frozenset({Role.EDITOR, Role.LEAD_QA}))
    ARRANGE_PAGES = Row("Move, lock and delete pages", frozenset({Role.LEAD_QA}))
    SEE_TREE = Row(
        "See the tree of pages in the editors' desk, drafts included, and the reports on it",
        frozenset({Role.EDITOR, Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}),
    )
    LOOK_UP = Row(
        "Look up pages, pictures, documents and words in the desk's choosers",
        frozenset({Role.EDITOR, Role.LEAD_QA, Role.QA_OFFICER, Role.INFORMATION_GOVERNANCE}),
    )
    CHECK_LEARNING = Row(
        "Make the second check of findings, letters, briefings and quarterly learning",
        frozenset({Role.QA_OFFICER}),
        "Never of what one wrote oneself; superusers included.",
    )
    PUBLISH = Row(
        "Publish, by approving the last step",
        frozenset({Role.LEAD_QA}),
        "Never what one wrote or checked oneself; superusers included.",
    )
    WITHDRAW = Row(
        "Withdraw a page, and set who may see it",
        frozenset({Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}),
    )
    IMPORT = Row(
        "Import findings of others, and confirm their themes",
        frozenset({Role.EDITOR, Role.LEAD_QA}),
    )
    APPROVE_IMPORT = Row(
        "Approve, reject or withdraw an imported batch",
        frozenset({Role.LEAD_QA}),
        "Never one that one imported oneself.",
    )
    WORDS = Row(
        "Change themes, areas of work, practice standards, the glossary, and the words of search",
        frozenset({Role.EDITOR, Role.LEAD_QA}),
    )
    EVIDENCE = Row(
        "Write and share evidence notes",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Others read one only by a grant with a reason. Superusers get no reading by that.",
    )
    ACCESS_LOG = Row("Read the access log", frozenset({Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}))
    DESK = Row("Open the editors' desk", DESK_ROLES)
    PEOPLE = Row(
        "Add and change people and their roles",
        frozenset({Role.AUDIT_ADMIN, Role.IT_SUPPORT}),
        "Never one's own roles; only a superuser makes a superuser.",
    )

    SEE_PEOPLE = Row(
        "See who has which role",
        frozenset({Role.AUDIT_ADMIN, Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE}),
    )
    SEE_GROUPS = Row("See the list of groups", frozenset({Role.IT_SUPPORT}))
    SET_UP = Row(
        "Change groups, workflows, sites, redirects and collections",
        frozenset(),
        "A superuser's work: it decides who may do everything else.",
    )

    def allows(self, role: Role) -> bool:
        return role in self.value.roles
