"""The questions of a template: worded, put in order, published as a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from coding.analysis_templates.comparing import changes_between
from coding.analysis_templates.questions import (
    LONGEST_GUIDANCE,
    LONGEST_HEADING,
    AnswerKind,
    Question,
)
from data.storage.analysis_templates.template_records import Template
from data.storage.analysis_templates.template_storage import LONGEST_ABOUT, LONGEST_NAME
from workbench import notices, session
from workbench.actions.evidence.choices import themes_and_codes
from workbench.session import Place
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, day_in_words

_ORDER = "template order"
_NEW = "new question "
_KEPT_IN_MIND = (
    "Rewording a question keeps its answers. Where another thing is asked, take the "
    "question out and add a new one: answers to the old one stay with their records."
)


def draw_form(
    place: Place, template: Template | None, leave: Callable[[str], None]
) -> None:
    """Draw the form of a template, or of a new one; ``leave`` takes the template's id.

    The order of questions is kept while the form is open, their words in its fields.
    """
    stored = _stored(template)
    of = f"{template.id} {template.version}" if template else "new"
    order = _order(of, stored)
    name = st.text_input(
        "Name of the template",
        template.name if template else "Interview record",
        key=f"template name {of}",
        max_chars=LONGEST_NAME,
    )
    about = st.text_area(
        "What it is for (may stay empty)",
        template.about if template else "",
        key=f"template about {of}",
        height=70,
        max_chars=LONGEST_ABOUT,
    )
    st.header("Questions", anchor=False)
    notices.draw(f'<p class="wb-lead">{_KEPT_IN_MIND}</p>')
    codes = themes_and_codes(place.store)
    questions = []
    for at, local in enumerate(order):
        question = _draw_question(of, local, stored.get(local), at, codes)
        questions.append(question)
        _draw_moves(of, order, at)
    with st.container(horizontal=True):
        st.button(
            "Add a question", key=f"add question {of}", on_click=_add, args=(of, order)
        )
        is_saved = st.button(
            "Save questions", type="primary", key=f"save questions {of}"
        )
        if st.button("Leave without saving", key=f"leave {of}"):
            session.forget(f"{_ORDER} {of}")
            leave(template.id if template else "")
    if is_saved:
        with notices.problems_shown():
            saved = _save(place, template, name or "", about or "", questions)
            session.forget(f"{_ORDER} {of}")
            notices.saved("The questions are saved. Publish them when they are ready.")
            leave(saved.id)


def draw_publishing(place: Place, template: Template, done: Callable[[], None]) -> None:
    """Draw what publishing the saved questions would change, and the button for it."""
    waiting = template.unpublished
    if waiting is None:
        return
    newest = template.newest
    with st.container(border=True):
        st.header(f"Version {waiting.number} is not published yet", anchor=False)
        if newest:
            changes = changes_between(newest.questions, waiting.questions)
            listed = [one.in_words for one in changes] or [
                "Only notes or codes of questions were changed."
            ]
            notices.draw(_listed(listed))
            st.write(
                "Records stay in the version they were filled in until somebody moves "
                "them."
            )
        else:
            st.write(
                f"It has {counted(len(waiting.questions), 'question')}. Records can be "
                "filled once it is published."
            )
        note = st.text_input(
            "What changed and why (may stay empty)",
            key=f"publish note {template.id} {template.version}",
            max_chars=LONGEST_ABOUT,
        )
        with st.container(horizontal=True):
            if st.button(
                f"Publish version {waiting.number}",
                key="publish template",
                type="secondary" if newest else "primary",
            ):
                with notices.problems_shown():
                    place.store.analysis_templates.publish(
                        place.person.id, template, note or ""
                    )
                    notices.saved(f"Version {waiting.number} is published.")
                    done()
            if newest and st.button("Let the changes go", key="drop changes"):
                with notices.problems_shown():
                    place.store.analysis_templates.drop_changes(
                        place.person.id, template
                    )
                    notices.saved(f"Version {newest.number} stands as it is.")
                    done()


def draw_versions(template: Template) -> None:
    """Draw every published version: when, by whom, and what it changed."""
    published = [one for one in template.versions if one.is_published]
    with st.expander(f"Versions ({len(published)})"):
        for at, one in reversed(list(enumerate(published))):
            when = one.published_at.date().isoformat() if one.published_at else ""
            notices.draw(
                f'<p class="wb-small"><strong>Version {one.number}</strong>, '
                f"{day_in_words(when)}, by {as_html(one.published_by)}</p>"
                f'<p class="wb-small"><bdi>{as_html(one.note)}</bdi></p>'
            )
            before = published[at - 1].questions if at else ()
            changes = changes_between(before, one.questions) if at else ()
            said = [change.in_words for change in changes]
            if not at:
                said = [question.heading for question in one.questions]
            notices.draw(_listed(said))


def _listed(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li><bdi>{as_html(one)}</bdi></li>' for one in lines)}</ul>"


def _stored(template: Template | None) -> dict[str, Question]:
    if template is None:
        return {}
    last = template.unpublished or template.newest
    return {one.id: one for one in last.questions} if last else {}


def _order(of: str, stored: dict[str, Question]) -> list[str]:
    kept = session.recall(f"{_ORDER} {of}")
    return list(kept) if kept is not None else [*(stored or [f"{_NEW}1"])]


def _add(of: str, order: list[str]) -> None:
    numbers = [int(one.removeprefix(_NEW)) for one in order if one.startswith(_NEW)]
    kept = session.recall(f"last new {of}", 1)
    number = max([kept, *numbers]) + 1
    session.remember(f"last new {of}", number)
    session.remember(f"{_ORDER} {of}", [*order, f"{_NEW}{number}"])


def _move(of: str, order: list[str], at: int, to: int) -> None:
    order[at], order[to] = order[to], order[at]
    session.remember(f"{_ORDER} {of}", order)


def _take_out(of: str, order: list[str], at: int) -> None:
    session.remember(f"{_ORDER} {of}", order[:at] + order[at + 1 :])


def _draw_moves(of: str, order: list[str], at: int) -> None:
    key = f"{of} {order[at]}"
    with st.container(horizontal=True):
        for word, to in (("up", at - 1), ("down", at + 1)):
            st.button(
                f"Move question {at + 1} {word}",
                key=f"move {word} {key}",
                type="tertiary",
                disabled=not 0 <= to < len(order),
                on_click=_move,
                args=(of, order, at, to),
            )
        st.button(
            f"Take question {at + 1} out",
            key=f"take out {key}",
            type="tertiary",
            on_click=_take_out,
            args=(of, order, at),
        )


def _draw_question(
    of: str, local: str, stored: Question | None, at: int, codes: dict[str, str]
) -> Question:
    one = stored or Question("", "")
    key = f"{of} {local}"
    kinds = list(AnswerKind)
    with st.container(border=True):
        heading = st.text_input(
            f"Question {at + 1}",
            one.heading,
            key=f"heading {key}",
            help=f"At most {LONGEST_HEADING} characters.",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.selectbox(
                f"How question {at + 1} is answered",
                kinds,
                kinds.index(one.kind),
                format_func=lambda kind: kind.in_words,
                key=f"kind {key}",
                width=260,
            )
            for_whom = st.text_input(
                f"Question {at + 1} is for (strand or role; may stay empty)",
                one.for_whom,
                key=f"for whom {key}",
                max_chars=LONGEST_HEADING,
            )
        choices = one.choices
        if kind.needs_choices:
            typed = st.text_area(
                f"Answers to question {at + 1}, one on each line"
                + (", the lowest first" if kind is AnswerKind.SCALE else ""),
                "\n".join(one.choices),
                key=f"choices {key}",
                height=110,
            )
            choices = tuple((typed or "").splitlines())
        guidance = st.text_area(
            f"Guidance to question {at + 1} (may stay empty)",
            one.guidance,
            key=f"guidance {key}",
            height=70,
            help=f"At most {LONGEST_GUIDANCE:,} characters.",
        )
        named: list[Any] = st.multiselect(
            f"Codes that a draft of question {at + 1} draws on",
            list(codes),
            [one for one in one.code_ids if one in codes],
            format_func=lambda code: codes.get(code, ""),
            key=f"codes {key}",
            placeholder="None: the nearest passages are chosen",
        )
    identity = "" if local.startswith(_NEW) else local
    return Question(
        identity,
        heading or "",
        guidance or "",
        kind,
        choices,
        for_whom or "",
        tuple(named),
    )


def _save(
    place: Place,
    template: Template | None,
    name: str,
    about: str,
    questions: list[Question],
) -> Template:
    storage, actor = place.store.analysis_templates, place.person.id
    if template is None:
        return storage.add(actor, name, questions, about)
    return storage.change(actor, template, name, questions, about)
