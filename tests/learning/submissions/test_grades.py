"""A grade is refused in the overall statement, in figures or in words, and an everyday word is not."""

import time

import pytest

from learning.submissions.grades import GradeRefused, grades_in
from learning.submissions.states import SubmissionState

GRADES = [
    "7/10",
    "We would give this 7/10.",
    "Practice is 7 out of 10.",
    "Seven out of ten for effort.",
    "７／１０ for this case",
    "a score of 8",
    "We score this 4.",
    "Overall score: 3",
    "8 / 10 overall",
    "We would mark it 6.",
    "Practice here is outstanding.",
    "Outstanding.",
    "Overall: good",
    "This is good.",
    "Practice with this child has been good because visits were frequent.",
    "We would rate this good.",
    "We would rate this as good",
    "rated inadequate",
    "This requires improvement.",
    "RI",
    "We think this is RI.",
    "Requires Improvement to be Good",
    "R.I. overall",
    "Good overall.",
    "Overall good.",
    "Judged to be good.",
    "The quality of practice over the six months was consistently good.",
    "We judge practice as satisfactory.",
    "This case is a good.",
    "a solid good",
    "Good to outstanding.",
    "good with outstanding features",
    "4 stars",
    "★★★★",
    "Grade B.",
    "B+ for the plan.",
    "RAG rating: amber",
    "rated green",
    "Оutstanding practice",
    "out\u200bstanding work",
    "o u t s t a n d i n g",
    "Our grade is good.",
    "Outstanding practice throughout.",
    "Inadequate practice.",
    "Practice was poor.",
    "The work was inadequate because nobody saw him.",
    "80% — practice is 80%",
    "We'd call it good.",
    "We rate the practice with this child over the last six months as good.",
    "top marks",
    "The standard was partly met.",
    "Excellent work.",
    "we would grade it 2",
    "I would say this is excellent.",
    "Practice was, in our view, good.",
    "overall judgement good",
    "Overall judgement: Requires improvement",
    "rating of 3",
    "Practice is of a good standard.",
    "The work was of a consistently high standard.",
    "This is to an excellent standard.",
    "a good standard of practice",
    "High-quality practice.",
    "The quality of practice was high.",
    "Practice was below the expected standard.",
    "Practice is above average.",
    "The work exceeded expectations.",
    "Practice meets the standard.",
    "level 3 practice",
    "Level three.",
    "We would place this at level 2.",
    "Practice sits at level 4.",
    "Band 2 practice",
    "This was amber.",
    "Amber.",
    "We would see this as green.",
    "Practice is in the red.",
    "An amber case.",
    "Green overall.",
    "🟢",
    "a solid seven",
    "A strong 8 overall.",
    "This is a 4.",
    "Overall, a three.",
    "We would say an eight.",
    "between a 6 and a 7",
    "eight-out-of-ten practice",
    "80% practice",
    "B minus",
    "An A for effort.",
    "grade A work",
    "*****",
    "The audit is a clear pass.",
    "Practice fails.",
    "Pass with merit. Merit.",
    "Ofsted would call this good.",
    "An inspector would say requires improvement, or good.",
    "Practice falls in the good category.",
    "First-class practice.",
    "Gold standard practice.",
    "Practice was superb.",
    "Practice was not good enough.",
    "Practice is less than good.",
    "On the whole we put this, on a scale of 1 to 10, in the middle.",
]

EVERYDAY = [
    "She has a good relationship with her worker.",
    "It is good that she sees her friends again.",
    "A good day now starts with breakfast.",
    "Parenting is good enough because grandmother helps.",
    "Good practice with this child has been to visit on Saturdays.",
    "The good work of the school helped.",
    "Two actions are outstanding.",
    "Outstanding actions remain from the last review.",
    "The outstanding health assessment was done in March.",
    "Three tasks remained outstanding.",
    "Rent arrears are outstanding.",
    "Housing was inadequate and the family moved.",
    "He had inadequate food at home.",
    "Her attendance was 85%.",
    "He attended 7 out of 10 sessions.",
    "In 7 out of 10 visits she was seen alone.",
    "On 3/10 the plan changed.",
    "Since 7/10 she has lived with her aunt.",
    "The school is rated good by Ofsted.",
    "She attends an outstanding school.",
    "Mother scaled her worry at 7 out of 10.",
    "His SDQ score of 22 led to a referral.",
    "She achieved grade 5 in maths.",
    "She is good at football.",
    "What is good for him is seen each week.",
    "Her needs were partly met until the move.",
    "The worker met with father.",
    "This means for the child that he is safe, and that is good.",
    "The plan works because everyone knows it.",
    "The worker kept a steady pace; she is 7 and has 2 brothers.",
    "No grade is given here.",
    "The flat requires improvement works by the landlord.",
    "Practice has helped her because the worker listened, which means she is back at school.",
    "Her red coat and the green book matter to her.",
    "The amber light on the pushchair",
    "He is in year 4 of 6.",
    "She was considered for a place with good friends.",
    "Visits took place every 2 weeks, 12 in all.",
    "Father gave 10 pounds each week.",
    "We consider that a good plan would say who comes at the weekend.",
    "It was a good thing that the worker asked.",
    "The work was good for him.",
    "In his view the weekend was good.",
    "His behaviour was good at nursery.",
    "The rate of visits fell to 1 a month.",
    "We gave her 2 weeks to settle.",
    "There is poor light in the flat and weak heating.",
    "The relationship between them is good and she laughs a lot.",
    "Her health is good.",
    "Communication was good with the school.",
    "What should happen next is a good ending with the worker.",
    "The quality of the relationship is what matters.",
    "Practice should now build on what is good in this family.",
    "The court case is outstanding and still waits for a date.",
    "The case was closed in good time.",
    "The worker made a fair case to the panel.",
    "We rated nothing.",
    "5 of the 10 core groups took place.",
    "It was a good day.",
    "She finished a level 3 course in childcare.",
    "He works at level 2 in maths.",
    "He reached level 4 of the game with his brother.",
    "Her school work was at level 3 in science.",
    "There was an amber alert for the school bus.",
    "The traffic light was amber. The mark on his arm was red.",
    "It was red and sore, so mother rang the surgery.",
    "This was green space that he could play on.",
    "He is aged seven.",
    "She was a seven-year-old with a strong will.",
    "They are a family of seven, and we meet at seven.",
    "A strong five-a-side team has him as goalkeeper.",
    "A good ten minutes each day were hers.",
    "She is one of a solid three who walk to school.",
    "The home is kept to a good standard.",
    "The flat was of a poor standard and the landlord was told.",
    "Her college work was of a high standard.",
    "The standard of living is low.",
    "The practice standards were read together.",
    "The worker used the standard form.",
    "The level of need is high, which means weekly visits.",
    "The family is in band 2 for housing.",
    "He passed his theory test and has a bus pass.",
    "She failed her exam and sits it again.",
    "The work failed to reach his father.",
    "The worker passed on what he had said.",
    "She exceeded everybody’s expectations at school.",
    "The worker met with the school each month.",
    "She won gold and keeps a first-class stamp as a keepsake.",
    "The plan set a high standard for how she is spoken to.",
    "The nursery was rated outstanding by Ofsted.",
    "An inspector would visit the home in March.",
    "On a scale of 1 to 10 mother felt safe at 7.",
    "Plan B plus a taxi got him there.",
    "This was a first for her.",
    "This is a one-off.",
    "The worker went between the two of them.",
    "He says that the weekend is brilliant because he sees his dog.",
    "Practice was led by what she said.",
]


@pytest.mark.parametrize("text", GRADES)
def test_a_grade_is_found(text: str) -> None:
    assert grades_in(text)


@pytest.mark.parametrize("text", GRADES)
def test_a_grade_is_found_amid_other_sentences(text: str) -> None:
    around = f"The worker saw him each week, which means that he was known.\n{text}\nHe is back at school."
    assert grades_in(around)


@pytest.mark.parametrize("text", EVERYDAY)
def test_an_everyday_word_is_not(text: str) -> None:
    assert grades_in(text) == []


def test_all_everyday_words_together_are_not() -> None:
    assert grades_in(" ".join(EVERYDAY[:20])) == []


@pytest.mark.parametrize("text", ["a " * 20000, "rated as the " * 4000, "practice is very " * 3000])
def test_a_long_text_is_read_in_a_moment(text: str) -> None:
    began = time.perf_counter()
    grades_in(text)
    assert time.perf_counter() - began < 2


@pytest.mark.django_db
def test_the_overall_statement_refuses_it_and_another_section_does_not(opened) -> None:
    with pytest.raises(GradeRefused, match="7/10"):
        opened.write("overall", means="We would give this 7/10.")
    assert not opened.submission.entries.filter(section__key="overall", version__gt=0).exists()
    opened.write("plan", means="Her mother’s own plan gives each week 7/10.")
    assert opened.fresh().state == SubmissionState.READING
