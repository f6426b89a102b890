"""Changes of the codebook in words: what each will touch, and what each has done."""

from __future__ import annotations

from collections.abc import Sequence

from coding.codebook import Code
from coding.codebook_changes.comparing import differences_of
from coding.codebook_changes.splitting import PassageFacts
from data.codebook_records import CodeAction, CodeChange, Touch
from data.coding_records import CodedPassage
from data.problems import DataProblem
from workbench.wording import counted, joined_by_and, listed

_NAMED_OF_A_FILE = 3
_MOST_HINDRANCES = 2
_DONE = {
    CodeAction.ADDED: "Added",
    CodeAction.CHANGED: "Changed",
    CodeAction.MOVED: "Moved",
    CodeAction.MERGED: "Merged",
    CodeAction.SPLIT: "Split",
    CodeAction.RETIRED: "Retired",
    CodeAction.BROUGHT_BACK: "Brought back",
    CodeAction.IMPORTED: "Brought in from a file",
    CodeAction.UNDONE: "Taken back",
}
_HIDDEN = (
    "What others marked in transcripts that are being coded blind is kept, and not "
    "counted here."
)


def codings_in_words(touch: Touch) -> str:
    """How many codings, of how many coders, in how many transcripts.

    >>> codings_in_words(Touch(passages=34, coders=2, sources=9))
    '34 codings of 2 coders in 9 transcripts'
    """
    if not touch.passages:
        return "no codings"
    return (
        f"{counted(touch.passages, 'coding')} of {counted(touch.coders, 'coder')} in "
        f"{counted(touch.sources, 'transcript')}"
    )


def merge_in_words(touch: Touch) -> str:
    """What a merge will do, in sentences.

    >>> merge_in_words(Touch(3, 1, 2, joined=1, suggestions=4, codes_under=2))
    'Moves 3 codings of 1 coder in 2 transcripts. 1 of them becomes one with a \
coding that its coder has under both; its memos and its suggestion are kept. 4 open \
suggestions are withdrawn. 2 codes under it move along.'
    """
    said = [f"Moves {codings_in_words(touch)}."]
    if touch.joined:
        verb = "becomes" if touch.joined == 1 else "become"
        own = "its" if touch.joined == 1 else "their"
        said.append(
            f"{touch.joined:,} of them {verb} one with a coding that its coder has "
            f"under both; {own} memos and {own} suggestion are kept."
        )
    said += _beside_passages(touch)
    if touch.contrary:
        verb = "goes" if touch.contrary == 1 else "go"
        said.append(f"{_contrary_in_words(touch)} {verb} along.")
    return " ".join(said)


def retire_in_words(touch: Touch) -> str:
    """What retiring a code will do, in sentences.

    >>> retire_in_words(Touch(passages=1, coders=1, sources=1))
    'Takes it out of the list of codes. 1 coding of 1 coder in 1 transcript keeps it.'
    """
    keeps = codings_in_words(touch)
    verb = "keeps" if touch.passages == 1 else "keep"
    said = (
        f"Takes it out of the list of codes. {keeps[0].upper()}{keeps[1:]} {verb} it."
    )
    return " ".join([said, *_beside_passages(touch)])


def _beside_passages(touch: Touch) -> list[str]:
    said = []
    if touch.suggestions:
        verb = "is" if touch.suggestions == 1 else "are"
        said.append(
            f"{counted(touch.suggestions, 'open suggestion')} {verb} withdrawn."
        )
    if touch.codes_under:
        verb = "moves" if touch.codes_under == 1 else "move"
        said.append(f"{counted(touch.codes_under, 'code')} under it {verb} along.")
    if touch.is_partly_hidden:
        said.append(_HIDDEN)
    return said


def _contrary_in_words(touch: Touch) -> str:
    return counted(
        touch.contrary,
        "contrary case or search for one",
        "contrary cases and searches for them",
    )


def change_in_words(change: CodeChange) -> str:
    """What was done to which codes, on one line."""
    again = f", change {change.redoes} done again" if change.redoes else ""
    return f"{_done_in_words(change)}{again}"


def hindrances_in_words(problems: Sequence[DataProblem]) -> str:
    """What keeps a change from being taken back or done again, and what to do instead.

    Of many places the first few are named.

    >>> hindrances_in_words([DataProblem("It was renamed since.", "Power", "Retire.")])
    'It was renamed since (Power). Retire.'
    """
    places: dict[str, list[str]] = {}
    for one in problems:
        places.setdefault(one.found, []).append(one.where)
    said = [
        f"{found.rstrip('.')} ({_first_few(list(dict.fromkeys(where)))})."
        for found, where in places.items()
    ]
    return " ".join([*said, *dict.fromkeys(one.do_next for one in problems)])


def _first_few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_HINDRANCES
    if more <= 0:
        return joined_by_and(names)
    return f"{', '.join(names[:_MOST_HINDRANCES])} and {more:,} more"


def _done_in_words(change: CodeChange) -> str:
    names = [_name(change, one) for one in change.code_ids]
    done = _DONE[change.action]
    match change.action:
        case CodeAction.MERGED:
            return f"{done} {names[0]} into {names[1]}"
        case CodeAction.SPLIT:
            made = [one for one in change.after if one not in change.before]
            into = joined_by_and([change.after[one].name for one in made])
            return f"{done} {names[0]}: {into} made from it"
        case CodeAction.IMPORTED:
            # A codebook brought in whole is known by a few of its codes.
            some = names[:_NAMED_OF_A_FILE]
            rest = " and others" if len(names) > len(some) else ""
            return f"{done}: {counted(len(names), 'code')} ({', '.join(some)}{rest})"
        case CodeAction.UNDONE:
            return f"{done}: change {change.undoes} ({listed(names)})"
        case CodeAction.MOVED:
            return f"{done} {names[0]}"
    return f"{done} {listed(names)}"


def details_in_words(change: CodeChange) -> list[str]:
    """Field by field what a change altered, and what it touched."""
    said = []
    if change.action is not CodeAction.ADDED:
        for code in change.after.values():
            said += _altered(change, code)
        gone = [one for key, one in change.before.items() if key not in change.after]
        said += [f"{code.name}: gone again." for code in gone]
    if change.action is CodeAction.MOVED and not said:
        said.append("It stands at another place in the same list.")
    touch = change.touch
    is_back = change.action is CodeAction.UNDONE
    if touch.passages:
        moved = "moved back" if is_back else "moved"
        became = f", {touch.joined:,} became one with another" if touch.joined else ""
        if is_back and touch.joined:
            became = f", {touch.joined:,} are two again"
        said.append(f"{_capital(codings_in_words(touch))} {moved}{became}.")
    if touch.contrary:
        moved = "moved back" if is_back else "moved"
        said.append(f"{_contrary_in_words(touch)} {moved}.")
    if touch.suggestions:
        verb = "back" if is_back else "withdrawn"
        said.append(f"{counted(touch.suggestions, 'suggestion')} {verb}.")
    return said


def _altered(change: CodeChange, code: Code) -> list[str]:
    was = change.before.get(code.id)
    if was is None:
        return [f"{code.name}: added."]
    said = []
    # What an entry says of itself is not said again of the code it is about.
    if was.is_retired != code.is_retired and change.action is CodeAction.UNDONE:
        said.append(f"{code.name}: {'out of use' if code.is_retired else 'in use'}.")
    found = differences_of(was, code, *_parents(change, code.id))
    return said + [one.in_words for one in found]


def facts_of(passages: Sequence[CodedPassage]) -> list[PassageFacts]:
    """The passages of a code as splitting chooses among them."""
    return [
        PassageFacts(one.coded.id, one.coder, one.wave or "No wave", one.quotation)
        for one in passages
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name(change: CodeChange, code_id: str) -> str:
    for codes in (change.after, change.before):
        if code_id in codes:
            return codes[code_id].name
    return change.names.get(code_id, "a code")


def _parents(change: CodeChange, code_id: str) -> tuple[str, str]:
    then = change.before[code_id].parent_id
    now = change.after[code_id].parent_id
    return (
        _name(change, then) if then else "",
        _name(change, now) if now else "",
    )
