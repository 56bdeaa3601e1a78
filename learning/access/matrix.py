"""The permission matrix (domain.md E7): who may do what, in one place.

A role opens something wherever it stands; a relation opens only what somebody stands in it to: the case that
they audit, the audit of their own work, the recommendation that is theirs.

`docs/permissions.md` is written from this table, and the tests sign in as every role and hold every
address of the portal against it.
"""

from dataclasses import dataclass
from enum import Enum

from learning.people.roles import DESK_ROLES, READING_ROLES, Role

ALL = frozenset(Role)


class Relation(Enum):
    """What somebody can be to one case, submission or recommendation, beside their roles."""

    AUDITOR = "Auditor of that case"
    AUDITEE = "Worker of that case"
    LINE_MANAGER = "Line manager of that worker or owner"
    OWNER = "Owner of that recommendation"


@dataclass(frozen=True)
class Row:
    """One line of the matrix: what it is about, and the roles and relations that may."""

    words: str
    roles: frozenset[Role]
    note: str = ""
    relations: frozenset[Relation] = frozenset()


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
    SEE_PRESENTATIONS = Row(
        "See which learning was presented to which team, and the change that the team will make",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Whoever makes packs records what they presented, and sees their own; where a pack was presented is "
        "seen by those who read the pack.",
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
    READ_BEFORE_PUBLISHING = Row(
        "Open the disclosure check of a finding, letter, briefing or quarterly learning",
        frozenset({Role.EDITOR, Role.QA_OFFICER, Role.LEAD_QA}),
        "Writers see what is marked. A QA officer makes the check, never of one's own words; a lead manager "
        "may be the further reader.",
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
        "Name the audits that a page rests on, and let somebody read one of them",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Others see only how many audits they are, suppressed. A reader is let in with a reason and an end, "
        "once the audit is quality assured.",
    )
    LOCAL_PLACES = Row(
        "Say which places and shapes of case numbers the disclosure check looks for",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
    )
    ACCESS_LOG = Row("Read the access log", frozenset({Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}))
    DESK = Row("Open the editors' desk", DESK_ROLES)
    PEOPLE = Row(
        "Add and change people, their roles, and teams",
        frozenset({Role.AUDIT_ADMIN, Role.IT_SUPPORT}),
        "Never one's own roles; only a superuser makes a superuser. A team that is used is made inactive, "
        "not deleted.",
    )

    SEE_PEOPLE = Row(
        "See who has which role, and the teams",
        frozenset({Role.AUDIT_ADMIN, Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE}),
    )
    SEE_GROUPS = Row("See the list of groups", frozenset({Role.IT_SUPPORT}))
    SET_UP = Row(
        "Change groups, workflows, sites, redirects and collections",
        frozenset(),
        "A superuser's work: it decides who may do everything else.",
    )

    # One practice audit
    SEE_PROGRAMME = Row(
        "See the programme, the cycles and their dates",
        ALL - {Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE},
    )
    PLAN_PROGRAMME = Row(
        "Plan the year and its cycles, and take a cycle from step to step",
        frozenset({Role.LEAD_QA}),
    )
    AUDIT_SETTINGS = Row(
        "Set the numbers of the audit: days, months and the least of something",
        frozenset({Role.LEAD_QA}),
    )
    KEEP_FORMS = Row(
        "Build the forms that auditors fill in, and choose which version a cycle takes",
        frozenset({Role.LEAD_QA}),
        "A version that an audit uses never changes: a new one stands beside it.",
    )
    ARRANGE_CYCLE = Row(
        "Arrange a cycle: dates, timetable, countdown, team and pairs",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
    )
    VOLUNTEER = Row(
        "Say that one would like to audit",
        frozenset({Role.FRONT_LINE, Role.LINE_MANAGER, Role.SENIOR_MANAGER}),
    )
    PREPARE_TO_AUDIT = Row(
        "Declare links, and acknowledge the ground rules and the briefing of a cycle",
        frozenset(),
        "Those in its team, each for themselves.",
        frozenset({Relation.AUDITOR}),
    )
    SEE_READINESS = Row(
        "See who is prepared to audit",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
    )
    RECORD_READINESS = Row("Record that somebody is prepared to audit", frozenset({Role.LEAD_QA}))
    DRAW = Row(
        "Load the frame, draw, confirm the draw, and let reserves step in",
        frozenset({Role.QA_OFFICER}),
    )
    SEE_DRAW = Row(
        "See the draw, its certificate and what was loaded",
        frozenset({Role.QA_OFFICER, Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}),
    )
    CASE_KEY = Row(
        "Look up the council's number of a case",
        frozenset({Role.QA_OFFICER}),
        "Each look goes into the access log. Superusers get no reading by being superusers.",
    )
    SEE_CASES = Row(
        "See the list of drawn cases",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
        "Auditors and workers see their own, line managers those of the people whom they manage.",
        frozenset({Relation.AUDITOR, Relation.AUDITEE, Relation.LINE_MANAGER}),
    )
    ALLOCATE = Row(
        "Give cases to pairs, and tell workers",
        frozenset({Role.QA_OFFICER, Role.LEAD_QA}),
    )
    CONFIRM_PREPARATION = Row(
        "Confirm recording and attendance",
        frozenset(),
        "The worker of that case, nobody else.",
        frozenset({Relation.AUDITEE}),
    )
    WRITE_SUBMISSION = Row(
        "Write a submission, talk with the worker, submit",
        frozenset(),
        "The pair of that case, while it is theirs to write.",
        frozenset({Relation.AUDITOR}),
    )
    READ_SUBMISSION = Row(
        "Read a submission",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "The pair at all times, the lead once it is submitted; QA officers, the worker and the worker's "
        "line manager after quality assurance; information governance on request. Superusers get no reading "
        "by being superusers, but for a short time by break-glass.",
        frozenset({Relation.AUDITOR, Relation.AUDITEE, Relation.LINE_MANAGER}),
    )
    BREAK_GLASS = Row(
        "Open one audit at once by break-glass, for a short time",
        frozenset(),
        "Superusers only, with a reason, never an audit of their own work. Leads and information governance "
        "are told before it opens, and each look is logged.",
    )
    ASK_TO_READ = Row(
        "Ask to read one audit",
        frozenset({Role.INFORMATION_GOVERNANCE}),
        "Once it is quality assured. A lead decides, for some working days.",
    )
    DECIDE_OPENING = Row(
        "Decide whether information governance may read one audit",
        frozenset({Role.LEAD_QA}),
        "Never on one’s own request or on an audit of one’s own work.",
    )
    SEE_OPENINGS = Row(
        "See which audits were opened by break-glass or on request, write what one found, end it early",
        frozenset({Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}),
        "A superuser sees their own. Nobody looks at what they opened themselves.",
    )
    SEE_RETENTION = Row(
        "See what is due to be disposed of, what is held back and what is gone; hold an audit back",
        frozenset({Role.LEAD_QA, Role.INFORMATION_GOVERNANCE}),
        "References and counts, no text. Nobody lets go of what they hold back themselves.",
    )
    CHECK_DISPOSAL = Row(
        "Draw up the list of what is due to be disposed of, and check it",
        frozenset({Role.LEAD_QA}),
    )
    APPROVE_DISPOSAL = Row(
        "Approve that what is on the list is disposed of",
        frozenset({Role.INFORMATION_GOVERNANCE}),
        "Never a list that one checked oneself.",
    )
    QUALITY_ASSURE = Row(
        "Sign a submission off, or send it back to the pair",
        frozenset({Role.LEAD_QA}),
        "Never one of a pair that one belongs to.",
    )
    ADD_TO_SUBMISSION = Row(
        "Add an addendum to a locked submission",
        frozenset({Role.LEAD_QA}),
        "And the pair of that case. The locked text itself never changes.",
        frozenset({Relation.AUDITOR}),
    )
    REPLY_TO_SUBMISSION = Row(
        "Reply to a submission about one's own work",
        frozenset(),
        "The worker of that case, for some working days.",
        frozenset({Relation.AUDITEE}),
    )
    READ_PLENARY = Row(
        "Read what was said together at the end of each audit day, write it down during the days",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "And everybody who audits in that cycle, until some working days after its close. Superusers get no "
        "reading by being superusers.",
        frozenset({Relation.AUDITOR}),
    )
    SETTLE_PLENARY = Row(
        "Say why a cycle has nothing to recommend to the organisation, and add to a plenary after the days",
        frozenset({Role.LEAD_QA}),
    )
    REFLECT = Row(
        "Write down what one takes from the days for oneself, and share it with one's line manager",
        frozenset(),
        "Those who audit in that cycle, each for themselves. No role reads it, a lead's or a superuser's no "
        "more than another.",
        frozenset({Relation.AUDITOR}),
    )
    READ_SHARED_REFLECTION = Row(
        "Read a reflection that somebody whom one manages has shared",
        frozenset(),
        "Until it is taken back, or until one no longer manages its writer.",
        frozenset({Relation.LINE_MANAGER}),
    )
    LOG_HOURS = Row(
        "Write down the hours that one gave to a cycle",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
        "And everybody who audits in it. Each sees only their own.",
        frozenset({Relation.AUDITOR}),
    )
    SEE_HOURS = Row(
        "See the hours that a cycle took, by activity and without names",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
    )
    CHECK_SAFE_CONTACT = Row(
        "Say whether it is safe to contact a family",
        frozenset(),
        "The worker of that case or the worker’s line manager; the cycle’s lead where there is no worker.",
        frozenset({Relation.AUDITEE, Relation.LINE_MANAGER}),
    )
    READ_FAMILY_FEEDBACK = Row(
        "Read what a family said, in their own words",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "And the pair of that case. Never the worker, who finds main points, themes and agreed quotes in the "
        "audit. Superusers get no reading by being superusers.",
        frozenset({Relation.AUDITOR}),
    )
    ASK_FAMILY = Row(
        "Invite a family, meet them, write it up, and put their views into the audit",
        frozenset(),
        "One of the pair who is independent of the work.",
        frozenset({Relation.AUDITOR}),
    )
    SETTLE_FAMILY_FEEDBACK = Row(
        "Say who of a family is asked, end asking for a reason, take a quote back",
        frozenset({Role.LEAD_QA}),
        "And the pair of that case.",
        frozenset({Relation.AUDITOR}),
    )
    SEE_RECOMMENDATIONS = Row(
        "See the list of recommendations",
        ALL - {Role.IT_SUPPORT, Role.EDITOR, Role.INFORMATION_GOVERNANCE},
        "Each person finds in it only what they may read.",
    )
    READ_RECOMMENDATION = Row(
        "Read a recommendation about one case",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
        "And its owner, the pair, the worker and the line managers.",
        frozenset(Relation),
    )
    DRAFT_RECOMMENDATION = Row(
        "Draft a recommendation",
        frozenset({Role.LEAD_QA}),
        "The pair from its own audit while it writes; the audit team what goes beyond one case.",
        frozenset({Relation.AUDITOR}),
    )
    ISSUE_RECOMMENDATION = Row(
        "Issue recommendations, give them to another owner, decide on extensions, close and supersede them",
        frozenset({Role.LEAD_QA}),
        "On more time for what goes beyond one service a board member decides; nobody on their own, and "
        "nobody lets another take the place of their own.",
    )
    DECIDE_NON_ACCEPTANCE = Row(
        "Decide whether a recommendation need not be accepted",
        frozenset(),
        "A senior manager above its owner, or any senior manager if it is not about one case; never "
        "who proposed it.",
    )
    VERIFY_RECOMMENDATION = Row(
        "Verify that a recommendation was carried out, and send a statement back",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Never one's own.",
    )
    CONFIRM_COMPLETION = Row(
        "Acknowledge a recommendation, write how it goes, confirm in writing that it was carried out, "
        "ask for more time",
        frozenset(),
        "Its owner.",
        frozenset({Relation.OWNER}),
    )
    ASSESS_IMPACT = Row(
        "Record what changed because of a recommendation, plan a test of it, and assess what it showed",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Never of a recommendation that is one's own.",
    )
    FOLLOW_UP = Row(
        "See and pause follow-ups",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN}),
        "Nobody pauses those of their own recommendation.",
    )

    # What cannot wait
    READ_ESCALATION = Row(
        "Read an escalation",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.SENIOR_MANAGER}),
        "Senior managers those conveyed to them, and without their words those of which they were told that "
        "a clock ran out; the worker's line manager where the lead lets them. Leads and QA officers all but "
        "those about their own work. Superusers get no reading by being superusers.",
        frozenset({Relation.LINE_MANAGER}),
    )
    SEE_TO_ESCALATIONS = Row(
        "Convey an escalation, give it to another addressee, verify what was done, close it, note that it went "
        "elsewhere",
        frozenset({Role.LEAD_QA}),
        "Never verified by whom it was conveyed to, nor by who had it before.",
    )
    ANSWER_ESCALATION = Row(
        "Acknowledge an escalation, and report what was done",
        frozenset({Role.SENIOR_MANAGER}),
        "Who has to act now, nobody else; not who had it before.",
    )
    ADD_TO_ESCALATION = Row(
        "Add a note to an escalation",
        frozenset({Role.LEAD_QA, Role.SENIOR_MANAGER}),
        "Leads, and whom it was conveyed to. Those who reported it add from their audit or spot check.",
    )
    ESCALATION_REGISTER = Row(
        "See the register of escalations", frozenset({Role.LEAD_QA, Role.QA_OFFICER})
    )

    # Letters that recognise good work
    NOMINATE_FOR_LETTER = Row(
        "Nominate work for a good-practice letter",
        frozenset({Role.LEAD_QA}),
        "And the pair, out of its own audit; nobody their own work.",
        frozenset({Relation.AUDITOR}),
    )
    READ_LETTER = Row(
        "Read a private letter",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.SENIOR_MANAGER, Role.EDITOR}),
        "The worker and their line manager once it is sent. Senior managers those that they sign, "
        "editors those whose worker lets others learn from it, for as long as they do; leads and QA officers "
        "all but one to themselves. Superusers get no reading by being superusers.",
        frozenset({Relation.AUDITEE, Relation.LINE_MANAGER}),
    )
    WRITE_LETTER = Row(
        "Write and sign a letter",
        frozenset({Role.LEAD_QA, Role.SENIOR_MANAGER}),
        "Senior managers when they are asked.",
    )
    SEE_TO_LETTERS = Row(
        "Choose who writes a letter, approve, send and send it back, begin its page without names",
        frozenset({Role.LEAD_QA}),
        "Approved by a lead who wrote no version of it. Never a letter to oneself.",
    )
    ANSWER_LETTER = Row(
        "Say whether others may learn from a letter, and take that back",
        frozenset(),
        "The worker whose letter it is, on any day.",
        frozenset({Relation.AUDITEE}),
    )
    LETTER_REGISTER = Row("See the register of letters", frozenset({Role.LEAD_QA, Role.QA_OFFICER}))

    SEE_FIGURES = Row(
        "See figures about the audits, small numbers hidden",
        ALL - {Role.INFORMATION_GOVERNANCE, Role.IT_SUPPORT},
        "Each role finds those that are meant for it: docs/figures.md.",
    )
    READ_REPORT = Row(
        "Read the report of a cycle, and take it as a file",
        frozenset(
            {
                Role.LEAD_QA,
                Role.QA_OFFICER,
                Role.AUDIT_ADMIN,
                Role.SENIOR_MANAGER,
                Role.BOARD_MEMBER,
            }
        ),
        "Senior managers and boards once the lead has signed it.",
    )
    READ_REPORT_SUMMARY = Row(
        "Read the summary of a cycle's report",
        READING_ROLES - {Role.FRONT_LINE, Role.INFORMATION_GOVERNANCE},
        "Once the first board has considered the report.",
    )
    WRITE_REPORT = Row(
        "Write the report of a cycle, and take its figures",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Until the lead signs it; from then on it never changes.",
    )
    SIGN_REPORT = Row(
        "Sign the report of a cycle, and put it before the boards",
        frozenset({Role.LEAD_QA}),
        "The lead or deputy of that cycle.",
    )
    ADD_TO_REPORT = Row(
        "Add to a signed report, and open recommendations out of what a board decided",
        frozenset({Role.LEAD_QA}),
        "What was signed itself never changes.",
    )
    CONSIDER_REPORT = Row(
        "Record what a board made of a report, and put questions to it",
        frozenset({Role.SENIOR_MANAGER, Role.BOARD_MEMBER}),
        "Only for a board that one sits on.",
    )
    OVERSEE = Row(
        "See how far the recommendations beyond one case have come",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER, Role.SENIOR_MANAGER, Role.BOARD_MEMBER}),
        "Status, age and impact; no words about a case.",
    )
    DRAW_SPOT_CHECKS = Row(
        "Draw spot checks between the cycles, and choose who makes them",
        frozenset({Role.QA_OFFICER}),
    )
    SEE_SPOT_CHECK_ROUNDS = Row(
        "See the rounds of spot checks and their certificates",
        frozenset({Role.QA_OFFICER, Role.LEAD_QA}),
    )
    READ_SPOT_CHECK = Row(
        "See a spot check",
        frozenset({Role.QA_OFFICER, Role.LEAD_QA}),
        "Its words: those who make it until auditors stop reading, some working days after the close of the "
        "cycle into whose report it went; the lead once it is done, or at once when it reports an immediate "
        "concern; QA officers, the worker and the worker's line manager once it is signed off. "
        "Superusers get no reading by being superusers.",
        frozenset({Relation.AUDITOR, Relation.AUDITEE, Relation.LINE_MANAGER}),
    )
    MAKE_SPOT_CHECK = Row(
        "Write a spot check, and hand it to the lead",
        frozenset(),
        "The one or two who were asked; never about one's own or one's own team's work.",
        frozenset({Relation.AUDITOR}),
    )
    ASSURE_SPOT_CHECK = Row(
        "Sign a spot check off, or send it back",
        frozenset({Role.LEAD_QA}),
        "Never one that one made, or that is about one's own work.",
    )
    RUN_PROCESS_REVIEW = Row(
        "Ask how the audit itself was, and run its yearly review",
        frozenset({Role.LEAD_QA}),
    )
    SEE_PROCESS_REVIEW = Row(
        "Read what people answered about the audit itself",
        frozenset({Role.LEAD_QA, Role.QA_OFFICER}),
        "Never who wrote it, never while people are answering, and never of fewer than five. What was "
        "decided everybody reads who sees the programme.",
    )
    ANSWER_ABOUT_AUDIT = Row(
        "Answer how the audit itself was",
        frozenset(),
        "Those who audited in the cycle, and the workers whose cases were audited, each once.",
        frozenset({Relation.AUDITOR, Relation.AUDITEE}),
    )
    KEEP_BOARDS = Row(
        "Keep the list of boards and who sits on them",
        frozenset({Role.LEAD_QA}),
    )

    def allows(self, role: Role) -> bool:
        return role in self.value.roles
