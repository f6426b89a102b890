"""The form for one transcript about to be added: what was understood, who speaks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from coding.study import Participant
from coding.transcripts import SourceKind
from data.sources import NewSource, SpeakerMapping
from workbench import notices
from workbench.actions.interviews import sources
from workbench.actions.interviews.sources import ReadFile
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_INTERVIEWER = "the interviewer"
_NOBODY = "not known yet"
_SHOWN_TURNS = 4
_SHOWN_CHARACTERS = 240


def file_key(file_name: str, content: bytes) -> str:
    """A short key under which the widgets of one file are kept."""
    digest = hashlib.sha256(content)
    digest.update(file_name.encode("utf-8"))
    return digest.hexdigest()[:12]


def draw_source_form(
    file: ReadFile,
    key: str,
    *,
    participants: Sequence[Participant],
    mappings: Sequence[SpeakerMapping],
    waves: Sequence[str],
    wave: str = "",
) -> NewSource:
    """The source as the person has it now; ``mappings`` and ``wave`` are proposals."""
    transcript = file.transcript
    assert transcript is not None
    with st.container(border=True):
        notices.draw(
            f'<p style="margin:0"><strong>{as_html(file.file_name)}</strong>: '
            f"{as_html(file.in_words)}. Is that right?</p>"
        )
        _draw_warnings(file)
        left, kind_place, wave_place, date_place = st.columns([4, 2.4, 2, 2])
        name = left.text_input("Name", transcript.name, key=f"name {key}")
        kind = kind_place.selectbox(
            "Kind",
            list(SourceKind),
            index=list(SourceKind).index(transcript.kind),
            format_func=lambda one: one.in_words,
            key=f"kind {key}",
        )
        with wave_place:
            chosen_wave = draw_wave_choice(waves, f"wave {key}", proposed=wave)
        held_on = date_place.date_input(
            "Held on", None, format="DD/MM/YYYY", key=f"date {key}"
        )
        turns = sources.turns_of_speakers(transcript)
        mapped = tuple(
            draw_speaker(one, turns.get(one.label, 0), participants, f"{key} {number}")
            for number, one in enumerate(mappings)
        )
        _draw_first_turns(file)
    return NewSource(
        sources.renamed(transcript, name.strip(), kind or transcript.kind),
        wave=chosen_wave,
        held_on=held_on.isoformat() if held_on else "",
        file_name=file.file_name,
        mappings=mapped,
    )


def draw_wave_choice(waves: Sequence[str], key: str, *, proposed: str = "") -> str:
    """The wave chosen or typed, '' for none."""
    options = list(dict.fromkeys([*waves, *filter(None, [proposed])]))
    chosen = st.selectbox(
        "Wave",
        options,
        index=options.index(proposed) if proposed in options else None,
        accept_new_options=True,
        placeholder="None, or type one",
        key=key,
    )
    return (chosen or "").strip()


def _draw_warnings(file: ReadFile) -> None:
    lines = "".join(
        f"<li>{as_html(_sentence(one.found))} {as_html(one.do_next)}</li>"
        for one in (file.transcript.warnings if file.transcript else ())
    )
    if lines:
        notices.draw(f'<ul class="wb-lead" style="margin:0">{lines}</ul>')


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def draw_speaker(
    proposal: SpeakerMapping,
    turns: int,
    participants: Sequence[Participant],
    key: str,
) -> SpeakerMapping:
    """Whom a speaker stands for as the person has it now; drawn on one line."""
    proposed = proposal.participant
    known = {one.pseudonym: one for one in participants}
    new = [proposed.pseudonym] if proposed and proposed.pseudonym not in known else []
    options = [_INTERVIEWER, _NOBODY, *new, *known]
    index = 0 if proposal.is_interviewer else 1
    if proposed and not proposal.is_interviewer:
        index = options.index(proposed.pseudonym)
    label_place, who_place, role_place, team_place, area_place = st.columns(
        [2.4, 3, 2, 1.6, 1.6], vertical_alignment="bottom"
    )
    with label_place:
        notices.draw(
            f'<p style="margin:0 0 8px;overflow-wrap:anywhere"><strong>'
            f"{as_html(proposal.label)}</strong>, {counted(turns, 'turn')}</p>"
        )
    who = who_place.selectbox(
        "Stands for",
        options,
        index=index,
        accept_new_options=True,
        key=f"who {key}",
        help="A participant by pseudonym: choose one, or type a new one.",
    )
    if who == _INTERVIEWER:
        return SpeakerMapping(proposal.label, is_interviewer=True)
    if not who or who == _NOBODY:
        return SpeakerMapping(proposal.label)
    pseudonym = who.strip()
    if pseudonym in known:
        return SpeakerMapping(proposal.label, participant=known[pseudonym])
    said = proposed or Participant("", pseudonym)
    return SpeakerMapping(
        proposal.label,
        participant=Participant(
            "",
            pseudonym,
            role_place.text_input("Role", said.role, key=f"role {key}").strip(),
            team_place.text_input("Team", said.team, key=f"team {key}").strip(),
            area_place.text_input("Locality", said.locality, key=f"area {key}").strip(),
            said.attributes,
        ),
    )


def _draw_first_turns(file: ReadFile) -> None:
    transcript = file.transcript
    if transcript is None:
        return
    with st.expander("See the first turns"):
        rows = "".join(
            f"<p style='margin:0 0 8px'><strong>{as_html(turn.speaker)}</strong> "
            f"{as_html(_shortened(transcript.text[turn.start : turn.end]))}</p>"
            for turn in transcript.turns[:_SHOWN_TURNS]
        )
        notices.draw(rows)


def _shortened(words: str) -> str:
    if len(words) <= _SHOWN_CHARACTERS:
        return words
    return f"{words[:_SHOWN_CHARACTERS].rsplit(' ', 1)[0]} ..."
