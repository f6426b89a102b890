"""Showing words that came from files or people: always as text, never as markup.

Streamlit reads Markdown in labels and would fetch an image named there, so every name,
label and code passes through here.
"""

from __future__ import annotations

import html
import re

import streamlit as st

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^=@/])")


def as_label(text: str) -> str:
    """The text for a label, with everything Markdown could read escaped.

    >>> as_label("![a](http://x)")
    '\\\\!\\\\[a\\\\]\\\\(http\\\\:\\\\/\\\\/x\\\\)'
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def as_html(text: str) -> str:
    """The text for a place inside ``st.html``, with every tag and quote escaped.

    >>> as_html('<img src="x">')
    '&lt;img src=&quot;x&quot;&gt;'
    """
    return html.escape(text, quote=True)


def show_text(text: str) -> None:
    """Show the text as it stands, in reading type, line breaks kept."""
    st.html(f'<div style="white-space:pre-wrap">{as_html(text)}</div>')
