"""Counts made fit to leave: small ones hidden, and others so that none can be found.

First everything the rule hides by itself. Then, as long as one of those could be told
more nearly than "from 1 to the threshold", one more count that is bound to it is hidden
(secondary suppression; Cox, 1980). At last what turned out not to be needed is shown
again. Hiding everything always suffices, so the work ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.disclosure.counts import CellKey, CountsTogether
from data.disclosure.feasible_range import open_to_view, totals_made_anew
from data.disclosure.rules import DisclosureRule

# The share of the work that hiding takes; showing again asks once for each count.
_PROTECTING = 0.4


class Hidden(StrEnum):
    """Why a count is hidden."""

    SMALL = "small number"
    ALL_OF_FEW = "all of a small group"
    NONE_OF_FEW = "none of a small group"
    DIFFERENCE = "differs by a small number from an earlier release"
    PROTECTS = "hidden so that another cannot be worked out"


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """What left before: counts by key with what was shown, nothing where hidden.

    ``true`` are the counts behind it at that time, which stay inside the study.
    ``rule`` is the one it was made by; without one what was shown is taken as exact.
    """

    name: str
    shown: Mapping[CellKey, int | None]
    true: Mapping[CellKey, int]
    rule: DisclosureRule | None = None

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that was shown as this number."""
        return self.rule.behind(shown) if self.rule else (shown, shown)


@dataclass(frozen=True, slots=True)
class FitToLeave:
    """Counts as they may leave.

    ``shown`` gives for every count the number to print, or nothing where it is hidden;
    ``why`` the reason for each hidden one. ``published_before`` are hidden counts that
    have left already, by the name of that release: whoever has it knows them, and
    whoever releases now must know that.
    """

    counts: CountsTogether
    rule: DisclosureRule
    shown: Mapping[CellKey, int | None]
    why: Mapping[CellKey, Hidden]
    published_before: Mapping[CellKey, str] = field(default_factory=dict)

    def cell(self, key: CellKey) -> str:
        """What is printed for a count."""
        number = self.shown[key]
        return self.rule.hidden_as if number is None else f"{number:,}"

    @property
    def in_words(self) -> str:
        """How many counts are hidden and why, in one or two sentences.

        A count hidden to protect another is told apart in number only, never by place.
        """
        if not self.why:
            return "No number had to be hidden."
        protecting = sum(why is Hidden.PROTECTS for why in self.why.values())
        own = len(self.why) - protecting
        words = "1 number is hidden" if own == 1 else f"{own:,} numbers are hidden"
        if protecting:
            more = f"{protecting:,} more so that none can be worked out"
            return f"{words}, and {more}."
        return f"{words}."


def make_fit_to_leave(
    counts: CountsTogether,
    rule: DisclosureRule,
    *,
    earlier: Sequence[EarlierRelease] = (),
    progress: Callable[[float], None] = lambda _done: None,
) -> FitToLeave:
    """The counts with everything hidden that must be, given what left before.

    From what is shown, now and in earlier releases of the same counts, every count that
    is hidden for its own sake can still be any number from 1 to the rule's threshold. A
    count that changed since an earlier release by no more than the threshold is hidden,
    for the difference tells about those who joined or left; it can still be anything up
    to the threshold below and above what was shown. Counts hidden for others' sake are
    no small numbers, and may be told more nearly. The same input gives the same output.

    ``progress`` is told how far the work is (0 to 1) and may stop it by raising.
    """
    why = _hidden_by_rule(counts, rule)
    already = _left_before(counts, earlier)
    needed = {key: (1.0, float(rule.threshold)) for key in why}
    for key, was in _differing_little(counts, rule, earlier).items():
        if key not in why:
            why[key] = Hidden.DIFFERENCE
            needed[key] = (max(0.0, was - rule.threshold), was + rule.threshold)
    published = {key: already[key] for key in why if key in already}
    before = {key: why.pop(key) for key in published}
    needed = {key: needed[key] for key in why}
    _protect(counts, rule, why, needed, set(already), progress)
    _show_again(counts, rule, why, needed, progress)
    why.update(before)
    return FitToLeave(counts, rule, _as_shown(counts, rule, why), why, published)


def _hidden_by_rule(
    counts: CountsTogether, rule: DisclosureRule
) -> dict[CellKey, Hidden]:
    why: dict[CellKey, Hidden] = {}
    made = totals_made_anew(counts, rule)
    for key, value in counts.values.items():
        if rule.hides(value) and key not in made:
            why[key] = Hidden.SMALL
    for part, group in counts.groups.items():
        size, value = counts.values[group], counts.values[part]
        if not 0 < size <= rule.small_group:
            continue
        if value == size:
            why.setdefault(part, Hidden.ALL_OF_FEW)
        elif value == 0:
            why.setdefault(part, Hidden.NONE_OF_FEW)
    return why


def _left_before(
    counts: CountsTogether, earlier: Sequence[EarlierRelease]
) -> dict[CellKey, str]:
    """Counts unchanged since they were shown; the last release that showed each."""
    return {
        key: release.name
        for release in earlier
        for key, number in release.shown.items()
        if number is not None and counts.values.get(key) == release.true.get(key)
    }


def _differing_little(
    counts: CountsTogether, rule: DisclosureRule, earlier: Sequence[EarlierRelease]
) -> dict[CellKey, int]:
    """Counts shown before whose change could be read as small, with what was shown."""
    made = totals_made_anew(counts, rule)
    return {
        key: number
        for release in earlier
        for key, number in release.shown.items()
        if number is not None
        and key in counts.values
        and key not in made
        and 0 < abs(counts.values[key] - release.true[key]) <= rule.threshold
        and _tells_small_change(
            release.behind(number),
            rule.behind(rule.rounded(counts.values[key])),
            rule.threshold,
        )
    }


def _tells_small_change(
    before: tuple[int, int], now: tuple[int, int], threshold: int
) -> bool:
    """Whether two numbers that were shown, each for a range of counts, tell too much.

    They do not where nothing need have changed, or where the change can be anything
    from 1 to the threshold: rounded to 5, a step lies between counts that differ by 1
    to 9.

    >>> _tells_small_change((20, 20), (23, 23), 5)
    True
    >>> _tells_small_change((18, 22), (23, 27), 7)
    False
    """
    least = max(0, now[0] - before[1], before[0] - now[1])
    greatest = max(now[1] - before[0], before[1] - now[0])
    covers = least == 1 and greatest >= threshold and greatest > least
    return least > 0 and not covers


def _protect(
    counts: CountsTogether,
    rule: DisclosureRule,
    why: dict[CellKey, Hidden],
    needed: Mapping[CellKey, tuple[float, float]],
    already: set[CellKey],
    progress: Callable[[float], None],
) -> None:
    """Hide more until every hidden count is safe, or nothing more can be hidden."""
    lines = _lines_through(counts)
    rounds = 0
    while still_open := open_to_view(counts, why, rule, needed):
        # How many rounds it takes nobody knows: each goes half of what is left.
        rounds += 1
        progress(_PROTECTING * (1 - 0.5**rounds))
        taken: set[CellKey] = set()
        for key in still_open:
            beside = set().union(*lines.get(key, []))
            if beside & taken:
                continue  # One more is hidden beside it in this round already.
            choice = _next_to_hide(key, counts, rule, {*why, *taken}, already, lines)
            if choice is not None:
                taken.add(choice)
        if not taken:
            return  # What is left open is open through what has left before.
        for key in taken:
            why[key] = Hidden.PROTECTS


def _lines_through(counts: CountsTogether) -> dict[CellKey, list[frozenset[CellKey]]]:
    """For each count the sets of counts it is bound up with."""
    through: dict[CellKey, list[frozenset[CellKey]]] = {}
    lines = [frozenset((one.total, *one.parts)) for one in counts.bindings]
    lines += [frozenset(pair) for pair in counts.groups.items()]
    for line in lines:
        for key in line:
            through.setdefault(key, []).append(line)
    return through


def _next_to_hide(
    key: CellKey,
    counts: CountsTogether,
    rule: DisclosureRule,
    hidden: set[CellKey],
    already: set[CellKey],
    lines: Mapping[CellKey, list[frozenset[CellKey]]],
) -> CellKey | None:
    """The count to hide for an open one's sake, or nothing where none is left.

    A line that hides a single count is the way that one was found, so the nearest such
    line comes first, going from the open count over hidden ones; then any line on the
    way. Of a line the smallest count that is no total.
    """
    reached, edge = {key}, [key]
    on_the_way: set[CellKey] = set()
    while edge:
        near = [line for one in edge for line in lines.get(one, [])]
        bare = [line for line in near if len(line & hidden) == 1]
        choice = _smallest(counts, rule, hidden | already, set().union(*bare))
        if choice is not None:
            return choice
        on_the_way.update(*near)
        edge = sorted(set().union(*near) & hidden - reached)
        reached.update(edge)
    return _smallest(counts, rule, hidden | already, on_the_way)


def _smallest(
    counts: CountsTogether,
    rule: DisclosureRule,
    out: set[CellKey],
    keys: set[CellKey],
) -> CellKey | None:
    """The count whose hiding costs least: no zero, no size of a group, no total."""
    sizes = set(counts.groups.values())
    return min(
        keys - out - totals_made_anew(counts, rule),
        key=lambda key: (
            counts.values[key] == 0,
            key in sizes,
            key in counts.totals,
            counts.values[key],
            key,
        ),
        default=None,
    )


def _show_again(
    counts: CountsTogether,
    rule: DisclosureRule,
    why: dict[CellKey, Hidden],
    needed: Mapping[CellKey, tuple[float, float]],
    progress: Callable[[float], None],
) -> None:
    """Show what was hidden for others' sake wherever they stay safe without it."""
    spare = [key for key, reason in why.items() if reason is Hidden.PROTECTS]
    ordered = sorted(spare, key=lambda k: (-counts.values[k], k))
    for at, key in enumerate(ordered):
        progress(_PROTECTING + (1 - _PROTECTING) * at / len(ordered))
        rest = {k: reason for k, reason in why.items() if k != key}
        if not open_to_view(counts, rest, rule, needed):
            del why[key]


def _as_shown(
    counts: CountsTogether, rule: DisclosureRule, why: Mapping[CellKey, Hidden]
) -> dict[CellKey, int | None]:
    """The number to print for each count; totals of totals are added up last."""
    made = totals_made_anew(counts, rule)
    shown: dict[CellKey, int | None] = {
        key: None if key in why else rule.rounded(value)
        for key, value in counts.values.items()
    }
    sums = [one for one in counts.bindings if one.total in made and not one.overlapping]
    for one in sorted(sums, key=lambda one: any(part in made for part in one.parts)):
        shown[one.total] = sum(shown[part] or 0 for part in one.parts)
    return shown
