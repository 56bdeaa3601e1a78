"""Words that a question holds and an answer need not: set aside on the search side only.

"no" and "not" are never among them: "not seen alone" means the contrary of "seen alone". Beside other
words, those of `LEANING` weigh only together with the word after them.
"""

LITTLE = """
a an the of in on at by for to with and or is are was were be been being am it its this that these those as
from into than then there their they them we our ours us you your i me my he she her hers his him if so such
but any some very also just up out over upon per via
"""

QUESTIONS = """
what which who whom whose when where why how do does did doing done can could should would will shall may
might must has have had having about please tell show find give get got let anything something everything
"""

MESSAGES = """
hi hello dear all any anyone anybody someone somebody wonder wondered wondering point know knows like want
wants need needs
"""
"""How people write to a colleague."""

SET_ASIDE = frozenset(f"{LITTLE} {QUESTIONS} {MESSAGES}".split())

LEANING = frozenset({"not", "without"})
