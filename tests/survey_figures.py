"""A small survey to read: two statements of staff in two waves, and families once.

=====  =============================  =======  =======
wave   statement                      yes      no
=====  =============================  =======  =======
1      I have time (base 60)          24, 40%  36, 60%
2      I have time (base 80)          40, 50%  40, 50%
2      I am listened to (base 80)     60, 75%  20, 25%
=====  =============================  =======  =======
"""

from __future__ import annotations

from data.figures.survey_toplines import Survey, SurveyTopline


def a_topline(
    answer: str,
    count: int | None,
    percent: float | None = None,
    *,
    survey: Survey = Survey.STAFF,
    wave: str = "Wave 1",
    question: str = "Q1",
    topic: str = "Workload",
    statement: str = "I have time",
    base: int = 60,
    fieldwork: str = "",
    note: str = "",
    source: str = "Report, appendix 4",
) -> SurveyTopline:
    """One figure of the small survey, but for what is given."""
    return SurveyTopline(
        survey=survey,
        wave=wave,
        question=question,
        statement=statement,
        answer=answer,
        count=count,
        percent=percent,
        base=base,
        topic=topic,
        fieldwork=fieldwork or ("May 2015" if wave == "Wave 1" else "May 2016"),
        note=note,
        source=source,
    )


FIRST_WAVE = (a_topline("Yes", 24, 40), a_topline("No", 36, 60))
SECOND_WAVE = (
    a_topline("Yes", 40, 50, wave="Wave 2", base=80),
    a_topline("No", 40, 50, wave="Wave 2", base=80),
    a_topline("Yes", 60, 75, wave="Wave 2", base=80, statement="I am listened to"),
    a_topline("No", 20, 25, wave="Wave 2", base=80, statement="I am listened to"),
)
STAFF = (*FIRST_WAVE, *SECOND_WAVE)
FAMILIES = tuple(
    a_topline(
        answer,
        count,
        percent,
        survey=Survey.SERVICE_USER,
        topic="About the staff",
        statement="Staff listened",
        wave=wave,
        base=base,
    )
    for wave, base, answer, count, percent in (
        ("Wave 1", 34, "Yes", 30, 88.0),
        ("Wave 1", 34, "No", 4, 12.0),
        ("Wave 2", 100, "Yes", 90, 90.0),
        ("Wave 2", 100, "No", 10, 10.0),
    )
)
