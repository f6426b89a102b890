"""How two coders' readings look: one style for their cards, overlay and tables.

The first coder's marks have a solid line, the second's a dotted one; names stand beside
them, so that nothing is told by colour alone.
"""

from __future__ import annotations

from data.exporters.report_document import ReportTable
from workbench import notices
from workbench.widgets.untrusted import as_html

STYLE = """<style>
.wb-coders {--ink: light-dark(#1F2428, #E7E5E0); --quiet: light-dark(#55606A, #A9B2B9);
  --one: light-dark(#0B5D66, #7CCBD1); --two: light-dark(#8A5300, #F0C070);
  --one-tint: light-dark(#D3EDEF, #12363B); --two-tint: light-dark(#FBE6C8, #3F2F05);
  --line: light-dark(#C9CED3, #3A434B); color: var(--ink); font-size: .9375rem;
  line-height: 1.5; container: coders / inline-size}
.wb-coders .quiet {color: var(--quiet)}
.wb-coders p {margin: 0 0 6px; max-width: 46rem}
.wb-readings {display: grid; gap: 16px; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr))}
.wb-reading {border-top: 3px solid var(--one); padding: 8px 0 0; min-width: 0}
.wb-reading.second {border-top: 3px dotted var(--two)}
.wb-reading h2 {font-size: .9375rem; line-height: 1.4; font-weight: 600; margin: 0;
  padding: 0}
.wb-reading .codes {font-weight: 600; margin: 0 0 4px}
.wb-reading blockquote, .wb-overlay .said {margin: 0; padding: 0; border: 0;
  white-space: pre-wrap; overflow-wrap: anywhere; max-width: 40rem;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif; font-size: 1.0625rem;
  line-height: 1.65}
.wb-coders mark {color: inherit; background: var(--one-tint); padding: 1px 0;
  border-bottom: 2px solid var(--one)}
.wb-coders mark.second {background: var(--two-tint);
  border-bottom: 2px dotted var(--two)}
.wb-coders mark.both {border-bottom: 2px solid var(--one); padding-bottom: 2px;
  box-shadow: 0 4px 0 -1px var(--two-tint), 0 5px 0 -1px var(--two)}
.wb-overlay .turn {display: grid; gap: 0 24px; padding: 8px 0;
  border-bottom: 1px solid var(--line);
  grid-template-columns: minmax(0, 40rem) minmax(10rem, 1fr)}
.wb-overlay .who {grid-column: 1 / -1; font-size: .8125rem; font-weight: 600;
  color: var(--quiet)}
.wb-overlay .said {line-height: 2}
.wb-overlay ul {list-style: none; margin: 0; padding: 0; font-size: .8125rem}
.wb-overlay li {margin: 0 0 4px; padding-left: 8px; border-left: 3px solid var(--one)}
.wb-overlay li.second {border-left: 3px dotted var(--two)}
.wb-overlay li.both {border-left: 3px double var(--ink)}
@container coders (max-width: 40rem) {.wb-overlay .turn {display: block}}
.wb-scroll {overflow-x: auto}
.wb-coders table {border-collapse: collapse; width: 100%}
.wb-coders caption {text-align: left; color: var(--quiet); padding: 0 0 6px}
.wb-coders th, .wb-coders td {text-align: left; vertical-align: top; font-weight: 400;
  padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line)}
.wb-coders thead th {font-weight: 600; border-bottom: 2px solid var(--quiet)}
.wb-coders td.number, .wb-coders th.number {text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums}
.wb-coders td:last-child {min-width: 11rem; color: var(--quiet)}
.wb-coders tbody th {min-width: 9rem; font-weight: 600}
.wb-coders thead th.number {white-space: normal}
</style>"""


def draw_coders(markup: str) -> None:
    """Draw our own markup in this style; words in it must be escaped first."""
    notices.draw(f'{STYLE}<div class="wb-coders">{markup}</div>')


def draw_table(table: ReportTable) -> None:
    """Draw a table of figures; it scrolls sideways where there is no room."""
    numbers = set(table.number_columns)

    def cells(row: tuple[str, ...], tag: str) -> str:
        found = []
        for at, words in enumerate(row):
            style = ' class="number"' if at in numbers else ""
            if tag == "th":
                found.append(f'<th scope="col"{style}>{as_html(words)}</th>')
            elif at == 0:
                found.append(f'<th scope="row">{as_html(words)}</th>')
            else:
                found.append(f"<td{style}>{as_html(words)}</td>")
        return "".join(found)

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in table.rows)
    draw_coders(
        f'<div class="wb-scroll" tabindex="0" role="region" '
        f'aria-label="{as_html(table.caption)}"><table>'
        f"<caption>{as_html(table.caption)}</caption>"
        f"<thead><tr>{cells(table.headings, 'th')}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
