"""The address the transcript pane posts its outbox to, and who is let through.

It stands beside the app in the same server. A request has to come from a page of this
computer's own (host and origin), in one JSON message of a bounded size, with the token
of an open line and the name of the person who opened it. Whatever else comes is
answered with a status and no words, and nothing is read or stored; the pane then goes
the long way, over a rerun of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from workbench.desk_line.open_lines import LINES, OpenLine, OpenLines

PATH = "/desk-line"
# What fits beside the 500 operations of an outbox with long memos among them.
MOST_BYTES = 2_000_000
_LONGEST_TOKEN = 100
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_NO_STORE = {"Cache-Control": "no-store"}
# The server would hold the first part back until it has enough to compress.
_AS_IT_COMES = {"Content-Encoding": "identity"}


def desk_line_route(lines: OpenLines = LINES) -> Route:
    """The route for the server that also serves the app; lines open from here on."""
    lines.serve()

    async def answer(request: Request) -> Response:
        status = _refused(request)
        if status:
            return _nothing(status)
        body = await _body(request)
        if body is None:
            return _nothing(413)
        line, outbox = _asked(request, body, lines)
        if line is None:
            return _nothing(403)
        return StreamingResponse(
            _told(line, outbox),
            headers={**_NO_STORE, **_AS_IT_COMES},
            media_type="application/x-ndjson",
        )

    # Every method comes here: one left out would be answered by the app's own pages.
    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return Route(PATH, answer, methods=every)


def _told(line: OpenLine, outbox: object) -> Iterator[str]:
    """Each part of the answer on a line of its own, as soon as there is one."""
    for part in line.answer(outbox):
        yield json.dumps({**part, "line": line.token}) + "\n"


def _nothing(status: int) -> Response:
    return Response(status_code=status, headers=_NO_STORE)


def _refused(request: Request) -> int:
    """The status that turns a request away by its head alone, 0 for none."""
    if request.method != "POST":
        return 405
    headers = request.headers
    host = headers.get("host", "")
    if not _is_loopback(host) or urlsplit(headers.get("origin", "")).netloc != host:
        return 403
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return 403
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return 415
    length = headers.get("content-length", "0")
    return 413 if not length.isdigit() or int(length) > MOST_BYTES else 0


def _is_loopback(host: str) -> bool:
    # A name that a stranger's server gave to this computer is not its own.
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False


async def _body(request: Request) -> bytes | None:
    """The message, or nothing where it is longer than its head may have said."""
    parts, length = [], 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > MOST_BYTES:
                return None
            parts.append(part)
    except ClientDisconnect:
        return None
    return b"".join(parts)


def _asked(
    request: Request, body: bytes, lines: OpenLines
) -> tuple[OpenLine | None, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return None, None
    token = request.headers.get("x-desk-line", "")
    if not isinstance(message, dict) or not 0 < len(token) <= _LONGEST_TOKEN:
        return None, None
    person_id = message.get("coder")
    line = lines.find(token, person_id) if isinstance(person_id, str) else None
    if line is None or message.get("source") != line.place.source_id:
        return None, None
    return line, message.get("outbox")
