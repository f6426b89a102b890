"""Choosing evidence and linking it in one click, for whatever rests on evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from data.storage.evidence.evidence_records import (
    FOR_AND_AGAINST,
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
)
from data.storage.evidence.evidence_storage import LONGEST_NOTE
from workbench import notices, session
from workbench.actions.evidence import choices, worked_out
from workbench.actions.evidence.choices import EvidenceChoice
from workbench.actions.evidence.evidence_words import LONGEST_SHOWN
from workbench.actions.together.theme_reading import shortened
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_AT_ONCE = 8
_KINDS = {
    "Quotation": EvidenceKind.CODED_SEGMENT,
    "Indicator": EvidenceKind.INDICATOR,
    "Survey result": EvidenceKind.SURVEY,
    "Judged pair": EvidenceKind.PAIR,
    "Memo": EvidenceKind.MEMO,
    "Codebook decision": EvidenceKind.DECISION,
    "Hypothesis": EvidenceKind.HYPOTHESIS,
    "Interview answer": EvidenceKind.TEMPLATE_ANSWER,
    "Cell of the matrix": EvidenceKind.CELL,
    "Finding": EvidenceKind.FINDING,
}
# An outcome gathers what the study worked out as well.
_KINDS_OF_OUTCOMES = {
    "Theme": EvidenceKind.THEME,
    "Quotation": EvidenceKind.CODED_SEGMENT,
    "Cell of the matrix": EvidenceKind.CELL,
    "Interview answer": EvidenceKind.TEMPLATE_ANSWER,
    "Judged pair": EvidenceKind.PAIR,
    "Indicator over time": EvidenceKind.INDICATOR_AREA,
    "Indicator, one quarter": EvidenceKind.INDICATOR,
    "Survey result": EvidenceKind.SURVEY,
    "Hypothesis": EvidenceKind.HYPOTHESIS,
    "Finding": EvidenceKind.FINDING,
    "Memo": EvidenceKind.MEMO,
    "Codebook decision": EvidenceKind.DECISION,
}
_LINK_WORDS = {
    Stance.SUPPORTS: "Link as speaking for it",
    Stance.AGAINST: "Link as speaking against it",
    Stance.MIXED: "Link as mixed",
    Stance.CONTEXT: "Link as context",
}
_SHORT = {
    Stance.SUPPORTS: "For",
    Stance.AGAINST: "Against",
    Stance.MIXED: "Mixed",
    Stance.CONTEXT: "Context",
}
_STYLE = """<style>
.wb-choice {margin: 0; max-width: 46rem; overflow-wrap: anywhere}
.wb-choice blockquote {margin: 0; padding: 0; border: 0; line-height: 1.55;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif; white-space: pre-wrap}
.wb-choice figcaption {font-size: .9375rem; color: light-dark(#55606A, #A9B2B9)}
</style>"""


def draw_picker(
    place: Place,
    holder: Holder,
    *,
    linked: Collection[tuple[EvidenceKind, str]] = (),
    stances: Sequence[Stance] = FOR_AND_AGAINST,
) -> None:
    """Draw where evidence is looked for, what was found, and a button to link it.

    ``linked`` names what the holder rests on already. A holder that nothing speaks
    against passes :attr:`Stance.SUPPORTS` alone; an outcome passes all there are.
    """
    is_outcome = holder.kind is HolderKind.OUTCOME
    kinds = _KINDS_OF_OUTCOMES if is_outcome else _KINDS
    picker = _Picker(place, holder, frozenset(linked), tuple(stances))
    chosen = st.segmented_control(
        "What kind of evidence",
        list(kinds),
        default="Quotation",
        key=f"evidence kind {holder.id}",
    )
    kind = kinds.get(chosen or "Quotation", EvidenceKind.CODED_SEGMENT)
    with notices.problems_shown():
        match kind:
            case EvidenceKind.CODED_SEGMENT:
                picker.draw_passages()
            case EvidenceKind.INDICATOR:
                picker.draw_grouped(
                    choices.indicator_values(place.store),
                    ("Indicator", "Area", "Quarter"),
                    kind,
                )
            case EvidenceKind.SURVEY:
                picker.draw_grouped(
                    choices.survey_answers(place.store),
                    ("Survey", "Wave of the survey", "Statement and answer"),
                    kind,
                )
            case _:
                told = (
                    worked_out.worked_out_things
                    if kind in worked_out.KINDS
                    else choices.written_things
                )
                listed = told(place.store, place.person, kind)
                # Nothing is evidence of itself.
                picker.draw_listed(
                    [one for one in listed if one.thing_id != holder.id], kind
                )


class _Picker:
    """One picker on the page: for whom it links, and what is linked already."""

    def __init__(
        self,
        place: Place,
        holder: Holder,
        linked: frozenset[tuple[EvidenceKind, str]],
        stances: tuple[Stance, ...],
    ) -> None:
        self._place, self._holder = place, holder
        self._linked, self._stances = linked, stances

    def draw_passages(self) -> None:
        """Passages by their words, by a code or a theme, or by both."""
        names = choices.themes_and_codes(self._place.store)
        left, right = st.columns(2)
        words = left.text_input(
            "Words in the passage",
            key=self._key("words"),
            placeholder='for example: worker, or "came back"',
        )
        code_id = right.selectbox(
            "Under a theme or code",
            ["", *names],
            format_func=lambda one: names.get(one, "Any"),
            key=self._key("code"),
        )
        if not words.strip() and not code_id:
            st.write("Type a word, or choose a theme or code.")
            return
        found = choices.passages(
            self._place.store, self._place.person, words=words, code_id=code_id or ""
        )
        st.write(found.in_words)
        if not found.choices:
            return
        note = self._note()
        asked = f"{self._holder.id} {words} {code_id}"
        shown = self._how_many(asked)
        self._place.store.others_read.note_passages(
            self._place.person.id,
            [one.place for one in found.choices[:shown] if one.place],
        )
        for one in found.choices[:shown]:
            self._draw_choice(one, note)
        if shown < len(found.choices) and st.button(
            f"Show {min(_AT_ONCE, len(found.choices) - shown)} more",
            key=self._key("more"),
        ):
            session.remember("evidence shown", shown + _AT_ONCE)
            st.rerun()

    def draw_grouped(
        self,
        groups: Mapping[tuple[str, str], list[EvidenceChoice]],
        labels: tuple[str, str, str],
        kind: EvidenceKind,
    ) -> None:
        """A figure, found in three steps; its value is shown before it is linked."""
        if not groups:
            st.write("The study has none of these yet.")
            return
        first, second, third = labels
        left, right = st.columns(2)
        outer = left.selectbox(
            first,
            list(dict.fromkeys(one for one, _ in groups)),
            key=self._key(f"{kind} first"),
        )
        inner = right.selectbox(
            second,
            [two for one, two in groups if one == outer],
            key=self._key(f"{kind} second {outer}"),
        )
        self._draw_one_of(groups.get((outer, inner), []), third)

    def draw_listed(self, listed: list[EvidenceChoice], kind: EvidenceKind) -> None:
        """Something that people wrote or judged, from the list of its page."""
        if not listed:
            st.write("The study has none of these yet.")
            return
        self._draw_one_of(listed, kind.in_words)

    def _draw_one_of(self, listed: list[EvidenceChoice], label: str) -> None:
        by_id = {one.thing_id: one for one in listed}
        chosen = st.selectbox(
            label,
            list(by_id),
            format_func=lambda one: by_id[one].in_words if one in by_id else "",
            key=self._key(f"one of {label}"),
            index=None,
            placeholder="Choose one",
        )
        if chosen in by_id:
            note = self._note()
            self._draw_choice(by_id[chosen], note, _LINK_WORDS)

    def _draw_choice(
        self, one: EvidenceChoice, note: str, words: dict[Stance, str] | None = None
    ) -> None:
        """What is chosen in words, and a button for each way it can speak."""
        said = ""
        if one.words:
            quoted = shortened(one.words, LONGEST_SHOWN)
            marks = ("“", "”") if one.kind is EvidenceKind.CODED_SEGMENT else ("", "")
            said = f"<blockquote>{marks[0]}{as_html(quoted)}{marks[1]}</blockquote>"
        whose = f"<strong>{as_html(one.whose)}</strong> · " if one.whose else ""
        with st.container(border=True, gap="small"):
            notices.draw(
                f'{_STYLE}<figure class="wb-choice">{said}<figcaption>{whose}'
                f"<bdi>{as_html(one.name)}</bdi></figcaption></figure>"
            )
            if (one.kind, one.thing_id) in self._linked:
                st.caption("Linked already.")
                return
            with st.container(horizontal=True):
                for stance in self._stances:
                    label = (words or _SHORT)[stance]
                    if len(self._stances) == 1:
                        label = "Link it"
                    st.button(
                        label,
                        key=self._key(f"link {one.thing_id} {stance}"),
                        on_click=self._linker(one, stance, note),
                    )

    def _linker(
        self, one: EvidenceChoice, stance: Stance, note: str
    ) -> Callable[[], None]:
        def link() -> None:
            # Linked before the page is drawn, so that every list on it shows it.
            with notices.problems_shown():
                self._place.store.evidence.link(
                    self._place.person.id,
                    self._holder,
                    [NewEvidence(one.kind, one.thing_id, stance, note)],
                )
                self._say_linked(one, stance)

        return link

    def _say_linked(self, one: EvidenceChoice, stance: Stance) -> None:
        said = {
            Stance.SUPPORTS: "speaking for it",
            Stance.AGAINST: "speaking against it",
            Stance.MIXED: "mixed",
            Stance.CONTEXT: "context",
        }[stance]
        notices.saved(f"Linked as {said}: {one.name}.", beside="evidence")
        session.remember("evidence note", session.recall("evidence note", 0) + 1)

    def _note(self) -> str:
        at = session.recall("evidence note", 0)
        return str(
            st.text_input(
                "What it shows (may stay empty)",
                key=self._key(f"note {at}"),
                max_chars=LONGEST_NOTE,
                help="Kept with the link you make next.",
            )
        )

    def _how_many(self, asked: str) -> int:
        if session.recall("evidence shown of") != asked:
            session.remember("evidence shown of", asked)
            session.remember("evidence shown", _AT_ONCE)
        return int(session.recall("evidence shown"))

    def _key(self, what: str) -> str:
        return f"evidence {what} {self._holder.id}"
