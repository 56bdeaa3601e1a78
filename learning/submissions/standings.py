"""Grades that are said as a standing: a standard, a level, a colour, a mark with an article, a pass or a fail.

What they are said of decides: “level 3 practice” grades, a level 3 course in childcare does not.
"""

import re
from collections.abc import Iterator

from learning.submissions.grade_words import DIGIT, VERDICT

_OURS = (
    r"(?:practice|casework|social work|(?:the|this|their|our) (?:piece of )?(?:work|audit|case)|"
    r"quality of (?:practice|the work)|standard of (?:practice|work|the work)|this)"
)
"""What only we would grade; “work” alone may be her school work."""
_IS = (
    r"(?:'s|,? (?:is|was|are|were|has been|had been|would be|looks|feels|sits|falls|lies|stands|"
    r"remains|stays|came out|comes out|reached|reaches|got|gets|would get|deserves|counts))"
)
_WITHIN = r"(?:[ ,]+(?!not\b|for\b|because\b|which\b|that\b)[a-z'-]+){0,6}?[ ,]+"
_STOP = (
    r"(?=\s*(?:[.,;:!?)\"'\n]|$|- )|\s+(?:overall|throughout|because|and|but|though|with|here)\b)"
)
_DEGREE = (
    r"(?:(?:very|really|consistently|generally|mostly|reasonably|sufficiently|extremely) )?"
    r"(?:good|high|higher|highest|excellent|outstanding|exceptional|poor|low|acceptable|"
    r"unacceptable|"
    r"reasonable|satisfactory|decent|expected|required|right|fair|adequate|inadequate|top|"
    r"first|gold)"
)
_KIND = r"(?:standard|quality|level|calibre|order)"
_PRAISE = (
    r"(?:superb|great|brilliant|fantastic|mediocre|average|acceptable|unacceptable|exceptional|"
    r"strong|"
    r"terrible|dreadful|sub-?standard|up to standard|not good enough|good enough|second to none|"
    r"(?:first|world|top)[ -](?:class|rate|notch|quality))"
)
_SCALE = r"(?:level|band|tier|category)"
_COLOUR = r"(?:red|amber|green)"
_FIRMLY = r"(?:solid|strong|clear|high|low|secure|borderline|definite|firm|good|generous|weak|comfortable)"

_WAYS = (
    # of a standard
    rf"\b{_OURS}{_IS}{_WITHIN}(?:of|to|at) (?:an? |the )?{_DEGREE} {_KIND}\b",
    rf"\b{_DEGREE} (?:standard|quality|level|calibre) of (?:social work |our |the |their )"
    rf"?(?:practice|work|casework)\b",
    rf"\b{_DEGREE}[ -](?:quality|standard|class|rate|level|notch) (?:social work|practice|"
    rf"casework|work|audit)\b",
    r"\b(?:world|top)[ -](?:class|rate|quality|notch) (?:social work|practice|casework|work|"
    r"audit)\b",
    rf"\b(?:standard|quality) of (?:the |our |their )?(?:practice|work|casework)"
    rf"{_IS}{_WITHIN}(?:high|low|mixed|variable)\b",
    rf"\b{_OURS}{_IS}?{_WITHIN}(?:below|above|up to|beneath|under) (?:the |our )?"
    rf"(?:(?:expected|required|usual|national) )?(?:standards?|average|par|expectations?)\b",
    rf"\b{_OURS}(?: (?:clearly|fully|largely|only|just|partly))? (?:exceed(?:s|ed)?|meets?|met) "
    r"(?:the |our |all |all our |every )?(?:(?:expected|required) )?(?:standards?|expectations?)\b",
    r"(?:^|[.!?\n]\s*)(?:well )?(?:below|above) (?:the )?(?:expected )?(?:standards?|average|"
    r"expectations?)\s*(?=[.!?\n]|$)",
    rf"\b{_OURS}{_IS}(?: (?:very|really|just|simply|quite|the|overall|only|consistently))"
    rf"{{0,2}} (?:{_PRAISE}|gold standard){_STOP}",
    rf"\b{_OURS}{_IS} (?:not (?:yet |quite )?|less than |far from |short of |better than |"
    rf"close to )(?:an? )?{VERDICT}"
    rf"(?=\s*(?:[.,;:!?)\"'\n]|$))",
    rf"\b(?:in|into|within) (?:the |our )?[\"'“]?{VERDICT}[\"'”]? (?:category|band|range|"
    rf"bracket|box|column)\b",
    # a level
    rf"\b{_SCALE} {DIGIT} (?:social work|practice|casework|work|audit)\b",
    rf"\b{_OURS}(?:{_IS}|{_WITHIN}(?:at|as)){_WITHIN}?(?:at |as |in |a )*{_SCALE} {DIGIT}{_STOP}",
    rf"\bwe (?:would |'d )?(?:place|put|see|set|rank|judge|call|have) (?:this|it|practice|"
    rf"the work|them)[^.!?\n]{{0,20}}\b{_SCALE} {DIGIT}\b",
    rf"(?:^|[.!?:\n])\s*(?:overall,? )?(?:a )?{_SCALE} {DIGIT}(?: overall)?\s*(?=[.!\n;]|$)",
    r"\b(?:top|bottom|highest|lowest) (?:band|tier|quartile)\b",
    # a colour
    rf"\b(?:{_OURS}|overall(?: picture)?|it(?=[^.!?\n]{{0,14}}amber)){_IS}(?: (?:still|now|just|"
    rf"clearly|at|in|as|a|an|the|overall)){{0,3}} {_COLOUR}"
    r"(?=\s*(?:[.,;:!?)\"'\n]|$)|\s+(?:overall|because|and|but)\b)",
    rf"\bwe (?:would |'d )?(?:see|call|make|give|rate|mark|say|have)(?: (?:this|it|them|"
    rf"practice|the work))?(?: (?:as|an?|is))* {_COLOUR}"
    r"(?=\s*(?:[.,;:!?)\"'\n]|$))",
    rf"\b{_COLOUR} (?:social work )?(?:practice|audit|case)\b|\b{_COLOUR} overall\b|"
    rf"\boverall,? (?:an? )?{_COLOUR}(?=\s*[.!?\n]|$)",
    rf"(?:^|[.!?:\n])\s*(?:an? )?{_COLOUR}\s*(?=[.!\n;]|$)",
    r"[\U0001F534\U0001F7E0\U0001F7E1\U0001F7E2\U0001F31F]",
    # a mark
    rf"\ban? {_FIRMLY} {DIGIT}(?=\s*(?:[.,;!?)\n]|$)|\s+(?:overall|because|but|out of|"
    rf"for (?:practice|effort|the work|this))\b)",
    rf"\b(?:this|it|practice|the work|overall)(?:'s|,| is| was| would be| has been)+ (?:(?:only|"
    rf"just|still|about|perhaps) )?an? {DIGIT}{_STOP}",
    rf"\bwe (?:would |'d |could )?(?:say|make it|call it|call this|see an?|go for|settle (?:on|"
    rf"for)) (?:an? )?{DIGIT}(?=\s*(?:[.,;!?)\n]|$)|\s+(?:overall|because)\b)",
    rf"\bbetween an? {DIGIT} and an? {DIGIT}\b(?!\s+[a-z-]+s\b)",
    rf"\b{DIGIT}-out-of-(?:ten|five|10|5)\b",
    rf"\b{DIGIT}\s*(?:%|per ?cent) (?:practice|casework)\b",
    r"\b[a-f][ -](?:plus|minus)(?=\s*(?:[.,;!?)\n]|$)|\s+(?:for|because|overall)\b)|"
    r"\ban? [a-f][+-]? for (?:effort|practice|the work|this)\b",
    r"\bgrade[ -][a-f] (?:practice|work|casework)\b|\b[a-f][ -]grade (?:practice|work|casework|"
    r"audit)\b",
    r"(?<!\*)\*{3,5}(?=\s|$)",
    # a pass
    rf"\b{_OURS}{_IS} (?:an? )?(?:clear |bare |definite |narrow )?(?:pass|fail|merit|"
    rf"distinction){_STOP}",
    r"\b(?:practice|(?:the|this) (?:work|audit)) (?:passe[sd]|fail(?:s|ed))\s*(?=[.,;!?\n]|$)",
    r"(?:^|[.!?:\n])\s*(?:a )?(?:clear |bare )?(?:pass|fail|merit|distinction)\s*(?=[.!\n;]|$)",
    # what an inspector would say
    rf"\b(?:ofsted|(?:an |the )?inspectors?)"
    rf"\b[^.!?\n]{{0,30}}\bwould\b[^.!?\n]{{0,40}}\b{VERDICT}\b",
)
_STANDINGS = re.compile("|".join(f"(?:{way})" for way in _WAYS))
_ON_A_SCALE = re.compile(
    r"\bon a scale (?:of|from) (?:0|1|nought|zero|one) to (?:5|10|100|five|ten|a hundred)\b"
)
_OUR_SCALE = re.compile(r"\b(?:we|our|practice|audit)\b")


def standings(text: str) -> Iterator[re.Match[str]]:
    """Every standing in folded lower-case text, in order."""
    yield from _STANDINGS.finditer(text)
    for match in _ON_A_SCALE.finditer(text):
        start = max((text.rfind(mark, 0, match.start()) for mark in ".!?\n"), default=-1) + 1
        if _OUR_SCALE.search(text, start, match.start()):
            yield match
