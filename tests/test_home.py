"""The home page's list: where the study stands, what this person does next."""

from __future__ import annotations

from dataclasses import replace

from coding.study import Role
from data.storage.progress_storage import StudyCounts
from workbench.actions.case_progress.pair_queue import PairsWaiting
from workbench.actions.findings.findings_waiting import FindingsWaiting
from workbench.actions.home.home_task import HomeTask
from workbench.actions.home.home_tasks import tasks
from workbench.actions.templates.records_waiting import RecordsWaiting

NOTHING = StudyCounts(*([0] * 13))
MIDWAY = StudyCounts(
    contemporary_cases=6,
    historic_cases=40,
    plans=1,
    pairings=1,
    cases_to_judge=5,
    cases_judged=2,
    sources=3,
    sources_coded=2,
    coded_passages=50,
    coders=1,
    codes=12,
    suggestions_waiting=9,
    indicator_values=825,
)


def _next(counts: StudyCounts, role: Role) -> str:
    marked = [task.title for task in tasks(counts, role) if task.is_next]
    assert len(marked) <= 1
    return marked[0] if marked else ""


def _status(counts: StudyCounts, title: str) -> HomeTask:
    return next(
        one for one in tasks(counts, Role.STUDY_LEAD) if one.title.startswith(title)
    )


def test_an_empty_study_begins_with_cases_or_with_transcripts_by_role() -> None:
    assert _next(NOTHING, Role.PRACTITIONER_RESEARCHER) == "Add cases"
    assert _next(NOTHING, Role.DEBRIEF_TEAM) == "Add indicators"


def test_each_person_is_led_to_what_their_role_can_do() -> None:
    assert _next(MIDWAY, Role.PRACTITIONER_RESEARCHER) == "Judge pairs"
    assert _next(MIDWAY, Role.EMBEDDED_RESEARCHER) == "Code transcripts"
    assert _next(MIDWAY, Role.DEBRIEF_TEAM) == "Prepare the debrief"


def test_what_waits_is_counted_in_words() -> None:
    assert _status(MIDWAY, "Judge pairs").status == "3 waiting"
    assert _status(MIDWAY, "Judge pairs").count == "2 of 6 judged, 1 without candidate"
    assert _status(MIDWAY, "Code").count == "2 of 3 coded, 9 suggestions waiting"
    one = replace(MIDWAY, suggestions_waiting=1)
    assert _status(one, "Code").count.endswith("1 suggestion waiting")


def test_headings_are_not_counted_among_the_codes() -> None:
    assert _status(MIDWAY, "Build").count == "12 codes"
    under = replace(MIDWAY, headings=1)
    assert _status(under, "Build").count == "12 codes under 1 heading"


def test_what_cannot_start_yet_says_why() -> None:
    for task in tasks(NOTHING, Role.STUDY_LEAD):
        assert (task.status == "Cannot start yet") == bool(task.why)
    assert _status(NOTHING, "Judge pairs").why == "Find matches first."


def test_what_is_done_is_called_done() -> None:
    done = replace(MIDWAY, cases_judged=5, sources_coded=3)
    assert _status(done, "Judge pairs").status == "Done"
    assert _status(done, "Code transcripts").status == "Done"


def test_comparing_progress_waits_for_a_pair_and_then_says_for_whom() -> None:
    assert _status(MIDWAY, "Compare progress").why == "Needs a judged pair."
    judged = replace(MIDWAY, cases_judged=5, pairs_locked=5, pairs_compared=1)

    def of(*waiting: int) -> HomeTask:
        listed = tasks(
            judged, Role.PRACTITIONER_RESEARCHER, pairs=PairsWaiting(*waiting)
        )
        return next(one for one in listed if one.title == "Compare progress")

    mine = of(2, 1, 1)
    assert (mine.count, mine.status) == (
        "1 of 5 pairs judged by two people",
        "2 waiting for you",
    )
    assert mine.why == (
        "1 pair waits for other judges. The files of 1 pair are not opened yet; that "
        "is done on Judge pairs."
    )
    assert mine.is_next
    shut = of(0, 0, 4)
    assert (shut.status, shut.is_next) == ("Cannot start yet", False)
    assert shut.why.startswith("The files of 4 pairs are not opened yet")
    assert of(0, 4, 0).why == "4 pairs wait for other judges."
    assert of(0, 0, 0).status == "Done"


def test_two_coders_are_compared_once_both_are_through() -> None:
    waiting = _status(MIDWAY, "Compare two")
    assert (waiting.status, waiting.why) == (
        "Cannot start yet",
        "Needs a source coded by two people.",
    )
    some = _status(
        replace(MIDWAY, sources_compared=2, sources_settled=1), "Compare two"
    )
    assert some.count == "differences settled in 1 of 2 sources"
    assert some.status == "In progress"
    done = replace(MIDWAY, sources_compared=2, sources_settled=2)
    assert _status(done, "Compare two").status == "Done"


def test_tasks_are_numbered_in_order() -> None:
    numbers = [task.number for task in tasks(MIDWAY, Role.STUDY_LEAD)]
    assert numbers == list(range(1, 14))


def _of(waiting: FindingsWaiting, role: Role, page: str) -> HomeTask:
    listed = tasks(MIDWAY, role, findings=waiting)
    return next(one for one in listed if one.page == page)


def test_findings_are_written_once_there_is_something_and_done_when_final() -> None:
    lead = Role.STUDY_LEAD
    assert _status(NOTHING, "Write the findings").status == "Cannot start yet"
    assert _status(MIDWAY, "Write the findings").status == "Not started"
    some = _of(FindingsWaiting(findings=3, drafts=1), lead, "findings")
    assert (some.count, some.status) == ("3 findings, 2 of them final", "In progress")
    assert _of(FindingsWaiting(findings=1), lead, "findings").status == "Done"


def test_a_finding_that_does_not_stand_comes_before_new_work() -> None:
    changed = FindingsWaiting(findings=2, changed=1)
    one = _of(changed, Role.EMBEDDED_RESEARCHER, "findings")
    assert (one.status, one.button, one.is_next) == (
        "1 waiting",
        "Look at them again",
        True,
    )
    # Whose role does not write findings is not sent there.
    assert not _of(changed, Role.PRACTITIONER_RESEARCHER, "findings").is_next


def test_a_request_comes_first_for_whoever_may_decide_on_it() -> None:
    mine = _of(FindingsWaiting(1, for_person=1), Role.EMBEDDED_RESEARCHER, "releases")
    assert (mine.status, mine.button) == ("1 waiting for you", "Read what would leave")
    assert mine.is_next
    own = _of(FindingsWaiting(1, for_others=1), Role.DEBRIEF_TEAM, "releases")
    assert (own.status, own.is_next) == ("Cannot start yet", False)
    assert own.why == "1 request waits for a second person."


def test_what_is_final_waits_to_be_released_until_it_left() -> None:
    waiting = FindingsWaiting(2, not_released=1)
    one = _of(waiting, Role.DEBRIEF_TEAM, "releases")
    assert (one.count, one.status) == ("1 final and not released", "1 waiting")
    assert one.button == "Ask for a release"
    assert _of(FindingsWaiting(2), Role.DEBRIEF_TEAM, "releases").status == "Done"
    assert _status(MIDWAY, "Let findings leave").why == "Needs a finding that is final."


def test_records_wait_once_a_template_is_published() -> None:
    def told(counts=MIDWAY, **waiting):
        listed = tasks(counts, Role.STUDY_LEAD, records=RecordsWaiting(**waiting))
        return next(one for one in listed if one.page == "templates")

    assert (told().status, told(NOTHING).status) == ("Cannot start yet",) * 2
    assert told().why == "Needs a published analysis template."
    assert told(NOTHING).why == "Needs a transcript."
    some = told(templates=1, wanted=6, complete=2, begun=1, hidden=1)
    assert (some.count, some.status) == ("2 of 6 records complete", "3 waiting")
    assert some.why == "1 not to be read now, coded blind."
    assert some.button == "Go on with the records"
    assert told(templates=1, wanted=2).button == "Start with the records"
    assert told(templates=1, wanted=2, complete=2).status == "Done"
    assert told(templates=1).why.startswith("Needs an interview")
    shut = told(templates=1, wanted=2, complete=1, hidden=1)
    assert (shut.status, shut.is_next) == ("Cannot start yet", False)


def test_every_role_has_a_next_step_once_there_is_something() -> None:
    states = [NOTHING, MIDWAY]
    states.append(replace(NOTHING, indicator_values=9))
    states.append(replace(NOTHING, contemporary_cases=1, historic_cases=1, plans=1))
    states.append(replace(states[-1], pairings=1, indicator_values=9))
    states.append(replace(NOTHING, sources=2, indicator_values=9))
    for counts in states:
        for role in Role:
            assert _next(counts, role), (counts, role)
    only = [t for t in tasks(states[2], Role.DEBRIEF_TEAM) if t.is_next]
    assert [(t.title, t.button) for t in only] == [
        ("Add indicators", "Look at the indicators")
    ]


def test_what_was_given_to_a_person_waits_for_them_whatever_else_is_done() -> None:
    done = replace(MIDWAY, sources_coded=3)
    listed = tasks(done, Role.EMBEDDED_RESEARCHER, given=2)
    code = next(one for one in listed if one.page == "code")
    assert (code.status, code.is_next) == ("2 waiting for you", True)
    blind = replace(MIDWAY, sources_coded=0, sources_blind=2)
    code = next(one for one in tasks(blind, Role.STUDY_LEAD) if one.page == "code")
    assert code.status == "In progress"
    assert code.count.startswith(
        "0 of 3 coded, 2 being coded blind and left out until their coders are done"
    )
