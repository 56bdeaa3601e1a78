"""The words that grades are made of, and the words that show that none is meant."""

import re

DIGIT = r"(?:\d{1,3}(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|nought|zero)"
MANNER = (
    r"(?:(?:a|an|as|very|really|solidly|broadly|mostly|consistently|clearly|overall|only|just|"
    r"simply|"
    r"largely|generally|truly|quite|still|now|borderline|high|low|strong|solid|secure|nearly|"
    r"almost|"
    r"arguably|in|our|view|opinion)[ ,]+){0,4}"
)
VERDICT = (
    r"(?:outstanding|excellent|very good|good|requir(?:es|ing) improvement|needs improvement|"
    r"adequate|inadequate|satisfactory|unsatisfactory|poor|weak|fair|exemplary|"
    r"r\.?i\.?g?\.?(?![\w]))"
)
END = (
    r"(?=\s*(?:$|[.,;:!?)\"”’'\]–—/|-]|\n)|"
    r"\s+(?:because|and|but|overall|throughout|as|so|although|though|which|with|or|to|bordering|"
    r"not)\b)"
)
NOT_A_VERDICT = (
    r"(?!\s+(?:to (?:see|hear|know|have|be)|that|for (?:him|her|them|the)|at\b|in\b|enough|"
    r"with (?:him|her|the)|"
    r"as (?:gold|a)))"
)
WORK = (
    r"(?:practice|work|casework|case|audit|judg(?:e)?ment|quality|standard|overall|verdict|"
    r"outcome of (?:the|this) audit|"
    r"everything|rating|grade|grading|score|conclusion)"
)
GRADING = (
    r"(?:rat(?:e|es|ed|ing)|grad(?:e|es|ed|ing)|scor(?:e|es|ed|ing)|judg(?:e|es|ed|ing|ement|ment)|"
    r"mark(?:s|ed)? (?:it|this|them|us|the work|the practice)|mark(?:s|ed)? as|class(?:es|ed)?|"
    r"deem(?:s|ed)?|consider(?:s|ed)?|call(?:s|ed)? (?:it|this)|say (?:it|this) is|see (?:it|"
    r"this) as|"
    r"assess(?:es|ed)? (?:it |this |the work |the practice |practice )?as)"
)
OTHERS_VERDICT = re.compile(
    r"\b(?:ofsted|inspectors?|schools?|nurser(?:y|ies)|college|academy|children's home|hospital|"
    r"cqc|"
    r"food hygiene|tenancy|energy)\b"
)
"""Whose verdict it is, when it is about somebody else's inspection."""
MEASURE = re.compile(
    r"\b(?:sdq|phq|gad|ghq|honosca|cors|core|rcads|dash|audit-c|bmi|iq|centile|gcses?|a-?levels?|"
    r"btec|sats|"
    r"maths|english|science|exam(?:s|ination)?s?|piano|violin|music|homework|spelling|reading age|"
    r"football|match|goals?|goal|hearing|sight|vision|boiler|strengths and difficulties|"
    r"questionnaires?|"
    r"test|scal(?:ed|ing)|apgar|asq|pain)\b"
)
"""Scores of tests, exams and games, which are part of a child's life."""
DATE_BEFORE = re.compile(
    r"(?:\b(?:on|since|by|until|from|dated|of|between|and|to|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|"
    r"satur|sun)"
    r"(?:day)? )$"
)
COUNTED = re.compile(
    r"\s*(?:of )?(?:the |his |her |their |planned |agreed |school |core |home )*(?!(?:is|was|as|"
    r"its|this|has|"
    r"across|thus|plus|perhaps|because|besides|sometimes|always|towards|progress|less|us|"
    r"express)\b)"
    r"(?:[a-z-]+s|children|people|staff|men|women|young people)\b"
)
"""What is counted, right after the number: “in 7 out of 10 visits”."""
