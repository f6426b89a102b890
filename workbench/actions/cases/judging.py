"""Judging: which partner suits a case, or none, and why; then opening both files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NoReturn

from coding.study import Person
from data.case_files import CaseFile
from data.judging import GivenAs, JudgingStands, SupervisionStep
from data.pairings import CaseToJudge, SavedJudgement, Stage
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from matching.judging.judgement import Suitability
from workbench.wording import counted

NO_SUITABLE_MATCH = "none"
"""What a form says where no candidate suits."""

STARTERS = (
    "They share … but differ in …",
    "Closest in what matters here: …",
    "None is comparable, because …",
)
"""Beginnings of a rationale, for those who stare at an empty box."""

FEWEST_OWN_WORDS = 3
"""Words of one's own, beside the beginnings, that make a rationale."""

_NO_VERDICTS: Mapping[str, Suitability] = MappingProxyType({})

SUITABILITIES = (Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE)
"""What can be said of a chosen partner."""


def judge(
    store: StudyStore,
    actor: Person,
    pairing_id: str,
    contemporary_id: str,
    *,
    decision: str,
    suitability: str,
    rationale: str,
    seconds_taken: int | None = None,
    given_as: GivenAs = GivenAs.FIRST,
    verdicts: Mapping[str, Suitability] = _NO_VERDICTS,
    shown: Sequence[str] = (),
    needs_all: bool = False,
) -> SavedJudgement:
    """The judgement, saved, and locked where the case's judges are through.

    ``decision`` is the id of the chosen historic case or NO_SUITABLE_MATCH; then the
    suitability does not count. ``verdicts`` are by id of the historic cases ``shown``;
    ``needs_all`` asks for one on each. Raises DataRefused with everything the form
    lacks.
    """
    chosen = "" if decision == NO_SUITABLE_MATCH else decision
    without = [one for one in shown if one not in {*verdicts, chosen}]
    problems = _lacking_verdicts(len(without), len(shown)) if needs_all else []
    problems += _missing(decision, suitability, rationale)
    if problems:
        _refuse_all(problems)
    return store.judgements.save(
        actor.id,
        pairing_id=pairing_id,
        contemporary_id=contemporary_id,
        historic_id=chosen,
        suitability=Suitability(suitability) if chosen else Suitability.NOT_COMPARABLE,
        rationale=rationale,
        seconds_taken=seconds_taken,
        given_as=given_as,
        verdicts=verdicts,
        shown=shown,
    )


def reconcile(
    store: StudyStore,
    actor: Person,
    contemporary_id: str,
    *,
    decision: str,
    suitability: str,
    rationale: str,
) -> SavedJudgement:
    """The decision that settles a case after both judges, saved and locked.

    Raises DataRefused with everything the form lacks.
    """
    problems = _missing(decision, suitability, rationale)
    if problems:
        _refuse_all(problems)
    chosen = "" if decision == NO_SUITABLE_MATCH else decision
    return store.reconciling.save(
        actor.id,
        contemporary_id,
        historic_id=chosen,
        suitability=Suitability(suitability) if chosen else Suitability.NOT_COMPARABLE,
        rationale=rationale,
    )


def take_back(
    store: StudyStore, actor: Person, judgement: SavedJudgement, reason: str
) -> None:
    """Let the case be judged anew; the judgement stays on record with the reason."""
    store.judgements.take_back(actor.id, judgement.id, reason)


def to_judge_first(store: StudyStore, judgement: SavedJudgement) -> list[str]:
    """The cases, by reference, that must be judged before both files open."""
    return store.judgements.to_judge_first(judgement.id)


def open_files(
    store: StudyStore, actor: Person, judgement: SavedJudgement
) -> tuple[CaseFile, CaseFile]:
    """The whole files of a judged pair, contemporary first; from now on it stands.

    Raises DataRefused while :func:`to_judge_first` names a case.
    """
    return (
        store.cases.case_file(actor.id, judgement.contemporary_id),
        store.cases.case_file(actor.id, judgement.historic_id),
    )


def next_waiting(queue: Sequence[CaseToJudge], after: str = "") -> str:
    """The id of the next case that waits to be judged, '' where none does.

    The search begins after a case and comes round to the start; a case that is not
    for the person who asked is passed over.
    """
    ids = [case.id for case in queue]
    start = ids.index(after) + 1 if after in ids else 0
    for case in [*queue[start:], *queue[:start]]:
        if case.is_offered:
            return case.id
    return ""


_STAGES = {
    Stage.FIRST: "Waiting",
    Stage.BEGUN_BY_OTHER: "Begun by a colleague",
    Stage.SECOND: "Waits for you as second judge",
    Stage.SAW_LIST: "For another second judge",
    Stage.WAITS_FOR_SECOND: "Waits for the second judge",
    Stage.RECONCILE: "The two judges differ",
    Stage.BEING_RECONCILED: "The two judges differ",
    Stage.NOT_YOURS: "Not for you to judge",
    Stage.READS_ALONG: "Waiting",
}

_SUPERVISED = {
    SupervisionStep.ASKED_AGAIN: "asked again",
    SupervisionStep.ANSWER: "answered",
    SupervisionStep.SIGNED_OFF: "signed off",
}


def status_in_words(case: CaseToJudge) -> str:
    """Where a case of the queue stands for the person who asked, in a few words."""
    words = _stands(case)
    if case.supervised:
        words += f", {_SUPERVISED[SupervisionStep(case.supervised)]}"
    return words


def _stands(case: CaseToJudge) -> str:
    if case.judgement is None:
        tells_stage = case.waits or case.stage is Stage.NOT_YOURS
        return _STAGES[case.stage] if tells_stage else "No candidate"
    if case.judgement.is_pair:
        return "Pair, files opened" if case.judgement.opened_at else "Pair"
    return "No suitable match"


def switching_in_words(judges: int, stands: JudgingStands) -> list[str]:
    """What the other setting would do to the cases, a sentence for each kind.

    ``judges`` is by how many cases are judged now.

    >>> switching_in_words(2, JudgingStands(half_judged=1))
    ['1 half-judged case, which waits for its second judge, is decided at once by the \
first judgement.']
    """
    said = []
    if stands.decided:
        stay = "stays as it is" if stands.decided == 1 else "stay as they are"
        said.append(f"{counted(stands.decided, 'decided case')} {stay}.")
    one = stands.half_judged == 1
    if judges == 2 and stands.half_judged:
        said.append(
            f"{counted(stands.half_judged, 'half-judged case')}, which "
            f"{'waits for its' if one else 'wait for their'} second judge, "
            f"{'is' if one else 'are'} decided at once by the first judgement."
        )
    if stands.differing:
        said.append(
            f"{counted(stands.differing, 'case')} on which two judges differ still "
            f"{'has' if stands.differing == 1 else 'have'} to be settled."
        )
    if stands.unjudged:
        is_one = stands.unjudged == 1
        waiting = f"{counted(stands.unjudged, 'case')} nobody has judged"
        said.append(
            f"{waiting} {'is' if is_one else 'are'} judged by one person only."
            if judges == 2
            else f"{waiting} {'waits' if is_one else 'wait'} for two people; whoever "
            "looked at the candidates before knows their order, and this is not known."
        )
    return said or ["No case is judged or waits yet, so nothing changes."]


def progress_in_words(judged: int, cases: int, waiting: int, without: int) -> str:
    """How far judging is, the same wherever it is said.

    >>> progress_in_words(2, 6, 3, 1)
    '2 of 6 judged, 3 waiting, 1 without candidate'
    >>> progress_in_words(6, 6, 0, 0)
    '6 of 6 judged, 0 waiting'
    """
    words = f"{judged} of {cases} judged, {waiting} waiting"
    return words + (f", {without} without candidate" if without else "")


def own_share_in_words(offered: int, waiting: int) -> str:
    """How many of the cases that wait are for the person at work; '' where all are.

    >>> own_share_in_words(11, 13), own_share_in_words(0, 1), own_share_in_words(2, 2)
    (' 11 of those waiting are for you.', ' None of those waiting is for you.', '')
    """
    if offered == waiting:
        return ""
    if not offered:
        return " None of those waiting is for you."
    return f" {offered} of those waiting {'is' if offered == 1 else 'are'} for you."


def own_words(rationale: str) -> list[str]:
    """The words of a rationale that are not part of a beginning we offered.

    Signs and numbers alone are no words.

    >>> own_words("None is comparable, because …")
    []
    >>> own_words("They share need and age but differ in area.")
    ['need', 'and', 'age', 'area']
    """
    text = " ".join(rationale.split())
    for starter in STARTERS:
        for offered in filter(None, map(str.strip, starter.split("…"))):
            text = re.sub(re.escape(offered), " ", text, flags=re.IGNORECASE)
    words = re.findall(r"\w+(?:['’-]\w+)*", text)
    return [word for word in words if any(map(str.isalpha, word))]


def _missing(decision: str, suitability: str, rationale: str) -> list[DataProblem]:
    problems = []
    if not decision:
        problems.append(
            DataProblem(
                "No decision has been made yet.",
                "Your decision",
                "Choose one of the cases listed, or No suitable match.",
            )
        )
    elif decision != NO_SUITABLE_MATCH and suitability not in SUITABILITIES:
        problems.append(
            DataProblem(
                "It is not said how well the chosen case suits.",
                "How well does it suit?",
                "Choose Good match or Usable with care.",
            )
        )
    if not rationale.strip():
        problems.append(
            DataProblem(
                "A judgement is kept together with its reason, and none is written.",
                "Why",
                "Write a sentence on what makes the cases comparable or not.",
            )
        )
    elif len(own_words(rationale)) < FEWEST_OWN_WORDS:
        problems.append(
            DataProblem(
                "The reason is not yet in your own words: beside the beginnings "
                "offered, fewer than three words are written.",
                "Why",
                "Finish the sentence: say in at least three words of your own what "
                "makes the cases comparable or not.",
            )
        )
    return problems


def _lacking_verdicts(without: int, shown: int) -> list[DataProblem]:
    if not without:
        return []
    return [
        DataProblem(
            f"{without} of {shown} cases shown have no verdict yet.",
            "Verdicts",
            "Say of each how well it serves; Cannot tell is an answer too.",
        )
    ]


def _refuse_all(problems: list[DataProblem]) -> NoReturn:
    last = problems[-1]
    kept = replace(last, do_next=f"{last.do_next} Nothing was saved.")
    raise DataRefused([*problems[:-1], kept])
