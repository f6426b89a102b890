"""Someone's words with whose they are, and the way back to the passage."""

from __future__ import annotations

import streamlit as st

from data.exporters.report_document import Quotation
from workbench import notices, session
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-quotation {margin: 0; padding-left: 16px; max-width: 44rem;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1)}
.wb-quotation blockquote {margin: 0; padding: 0; border: 0; white-space: pre-wrap;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif;
  font-size: 1.0625rem; line-height: 1.6; color: light-dark(#1F2428, #E7E5E0)}
.wb-quotation figcaption {font-size: 0.9375rem; margin-top: 4px;
  color: light-dark(#55606A, #A9B2B9)}
</style>"""


def draw_quotation(quotation: Quotation) -> None:
    """Draw the words, who said them and where, and a link to them in their source."""
    with st.container(gap=None):
        notices.draw(
            f'{_STYLE}<figure class="wb-quotation"><blockquote>'
            f"“{as_html(quotation.words)}”</blockquote><figcaption><strong>"
            f"{as_html(quotation.said_by)}</strong></figcaption></figure>"
        )
        if quotation.source_id:
            session.link_to(
                "code",
                quotation.reference,
                source=quotation.source_id,
                at=str(quotation.start),
            )
