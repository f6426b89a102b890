"""A theme's summary in words: counts, waves, what does not fit, what goes together."""

from __future__ import annotations

from collections.abc import Sequence

from coding.theme_summaries.contrary_cases import UNLIKE_IN_WORDS, UnlikeTheirRole
from coding.theme_summaries.said_together import Meeting, SaidTogether
from coding.theme_summaries.wave_changes import SamePeople, WaveChange, WaveState
from coding.theme_summaries.who_says import GroupSays, Standing
from workbench.actions.themes.theme_summary import Contrary, ThemeRead
from workbench.actions.together.theme_reading import (
    counted_people,
    mentions_in_words,
    people_in_words,
)
from workbench.wording import counted, joined_by_and, listed

CHANGE_RULE = (
    "New: said in this wave by more people than the silence of the wave before leaves "
    "room for. Nobody of 12 people saying something leaves room for up to 3 in 12 (the "
    "rule of three; Hanley and Lippman-Hand 1983), and one person alone is never "
    "enough; with fewer it is called heard for the first time. Faded is the same the "
    "other way round. Persists: said in this wave and in the one before; more or fewer "
    "people only where the interval of the difference between the two shares leaves "
    "out nought (Newcombe 1998). A wave in which nobody was heard and coded is passed "
    "over. People were chosen, not drawn, so this keeps small numbers from being "
    "overread and proves nothing."
)
CHANCE_RULE = (
    "By chance: how many turns or sources would hold both if neither theme drew the "
    "other. Alike: places with both, of those with either (Jaccard). Turns of one "
    "person are not independent of each other, so nothing is tested."
)
FEW_PEOPLE = 5


def lead_in_words(read: ThemeRead) -> str:
    """How many people say it, of whom it is known, and how often."""
    over = read.over_all
    if not over.mentions:
        return f"Nobody says it: nothing is coded under this {read.kind}."
    if not over.says:
        return (
            f"{mentions_in_words(over.mentions)}, by nobody who is named: they add no "
            "people."
        )
    said = (
        f"{people_in_words(over.says, over.known)} heard and coded "
        f"{_verb(over.says, 'says', 'say')} it, in {mentions_in_words(over.mentions)}."
    )
    if over.known < FEW_PEOPLE:
        said += " Of so few people nothing can be said about others."
    return said


def notes_in_words(read: ThemeRead) -> list[str]:
    """What is left out of the counts, and why; nothing where nothing is."""
    found = []
    waiting = read.over_all.number(Standing.NOT_CODED)
    if waiting:
        found.append(
            f"{counted_people(waiting)} not known yet: something of theirs is not "
            "coded. They are in no count of who does not say it."
        )
    if read.blind:
        # Apart by semicolons: names of files hold commas.
        found.append(
            f"{counted(len(read.blind), 'source')} being coded blind "
            f"{_verb(len(read.blind), 'is', 'are')} left out: {'; '.join(read.blind)}."
        )
    if read.not_named:
        found.append(
            f"{counted(read.not_named, 'passage')} by speakers who are not named "
            f"{_verb(read.not_named, 'adds', 'add')} no people."
        )
    if read.observed:
        found.append(
            f"{counted(read.observed, 'passage')} in observers' notes "
            f"{_verb(read.observed, 'adds', 'add')} no people."
        )
    return found


def group_in_words(group: GroupSays) -> str:
    """Who says it of whom it is known; then the others, by why they are not counted."""
    if not group.known:
        said = "nobody heard and coded"
    else:
        said = people_in_words(group.says, group.known)
    others = [
        f"{group.number(standing)} {words}"
        for standing, words in _OTHERS.items()
        if group.number(standing)
    ]
    return "; ".join([said, *others])


_OTHERS = {
    Standing.NOT_CODED: "not known yet",
    Standing.BLIND: "left out, coded blind",
    Standing.NOT_HEARD: "took no part",
}


def change_in_words(change: WaveChange) -> str:
    """What became of a theme in a wave, in a sentence or three."""
    if change.state is WaveState.NOBODY_KNOWN:
        return f"{change.wave}: nobody was heard and coded, so it is passed over."
    now = people_in_words(change.says, change.known)
    if not change.before:
        return f"{change.wave}: {now}. The first wave, so there is nothing to compare."
    then = people_in_words(change.said_before, change.known_before)
    word = change.state.value
    said = f"{change.wave}: {word}. {now}, after {then} in {change.before}."
    if change.state.needs_caution:
        said += " The numbers are too small to call it a change."
    return f"{said} {same_people_in_words(change)}"


def same_people_in_words(change: WaveChange) -> str:
    """What those heard in both waves say, or that nobody was."""
    same: SamePeople = change.same
    if not same.people:
        return (
            "Nobody was heard in both waves: a difference may be one between people, "
            "and not in what they would say."
        )
    parts = [
        f"{number} {words}"
        for number, words in (
            (same.both, f"{_verb(same.both, 'says', 'say')} it in both"),
            (same.only_now, "only now"),
            (same.only_before, "only before"),
            (same.neither, "in neither"),
        )
        if number
    ]
    others = change.other_people
    rest = f"; {counted_people(others)} heard only now" if others else ""
    heard = f"Of {counted_people(same.people)} heard in both waves"
    return f"{heard} {', '.join(parts)}{rest}."


def glance_in_words(change: WaveChange) -> tuple[str, str]:
    """A wave of one theme for the table over all: the word, and how many."""
    if change.state is WaveState.NOBODY_KNOWN:
        return "nobody heard", ""
    return change.state.value, people_in_words(change.says, change.known)


def looked_for_in_words(contrary: Contrary) -> str:
    """Whether anybody looked for contrary cases, and what came of it."""
    if not contrary.was_looked_for:
        return (
            "Nobody has looked for contrary cases: none is marked, and no search is "
            "recorded."
        )
    marked = (
        f"{counted(len(contrary.marked), 'contrary case')} marked"
        if contrary.marked
        else "No contrary case is marked"
    )
    if not contrary.searches:
        return f"{marked}; no search for more is recorded."
    return (
        f"{marked}; {counted(len(contrary.searches), 'search', 'searches')} recorded."
    )


def unlike_in_words(one: UnlikeTheirRole, read: ThemeRead) -> str:
    """Who differs from most of their role, and which way."""
    names = listed(read.names(one.people))
    verb = (
        _verb(len(one.people), "says", "say")
        if one.they_say_it
        else _verb(len(one.people), "does not", "do not")
    )
    return (
        f"{one.role}: {people_in_words(one.says, one.known)} "
        f"{_verb(one.says, 'says', 'say')} it; {names} {verb}."
    )


def no_unlike_in_words() -> str:
    """That nobody differs from most of their role, with the rule."""
    return f"Nobody differs from most of their role. {UNLIKE_IN_WORDS}"


def meeting_in_words(meeting: Meeting, one: str) -> str:
    """How many places hold both, how many would by chance, and how alike they are.

    >>> meeting_in_words(Meeting(2, 4, 3, 20), "turn")
    '2 turns (by chance about 0.6), alike 0.40'
    """
    return (
        f"{counted(meeting.both, one)} (by chance about {meeting.by_chance:,.1f}), "
        f"alike {meeting.alike:.2f}"
    )


def together_rows(read: ThemeRead, most: int) -> list[tuple[str, ...]]:
    """What goes together with a theme as rows of a table, most people first."""
    return [(code.name, *together_in_words(one)) for code, one in read.together[:most]]


def together_in_words(one: SaidTogether) -> tuple[str, str, str, str]:
    """People who say both; then passages, turns and sources with both."""
    passages = (
        f"{counted(one.passages, 'passage')} by "
        f"{counted_people(len(one.passage_people))}"
    )
    turns = (
        f"{meeting_in_words(one.turns, 'turn')}, by "
        f"{counted_people(len(one.turn_people))}"
    )
    return (
        counted_people(len(one.people)),
        passages,
        turns,
        meeting_in_words(one.sources, "source"),
    )


def because_in_words(because: Sequence[str]) -> str:
    """Why a quotation was chosen, as one sentence; '' where nothing is said.

    >>> because_in_words(["another person", "short"])
    'Chosen: another person, short.'
    """
    return f"Chosen: {', '.join(because)}." if because else ""


def not_quotable_in_words(read: ThemeRead) -> str:
    """How many say it and may not be quoted, '' where everybody may."""
    said = read.over_all.people[Standing.SAYS]
    number = sum(not read.people[one].may_be_quoted for one in said)
    if not number:
        return ""
    return (
        f"{counted_people(number)} of those who say it may not be quoted, and "
        f"{_verb(number, 'is', 'are')} left out here."
    )


def opposites_in_words(contrary: Contrary) -> str:
    """Which codes say the opposite, and how many say both."""
    if not contrary.opposites:
        return "No code is marked as saying the opposite."
    names = joined_by_and([code.name for code in contrary.opposites])
    return (
        f"Says the opposite: {names}. "
        f"{counted_people(len(contrary.say_both))} say both, here or elsewhere; "
        f"{counted(len(contrary.places), 'passage')} of this theme bear"
        f"{'s' if len(contrary.places) == 1 else ''} it."
    )


def _verb(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
