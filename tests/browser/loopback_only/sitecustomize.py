"""Loaded by a server under test: notes, and refuses, any reach beyond this machine."""

import os
import socket

_HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "", None)
_connect = socket.socket.connect
_look_up = socket.getaddrinfo


def _note(host: object) -> None:
    with open(os.environ["REACHED_FOR"], "a", encoding="utf-8") as report:
        report.write(f"{host}\n")
    raise OSError(f"nothing goes out, and something reached for {host}")


def _connect_here(self, address):
    if isinstance(address, tuple) and address[0] not in _HERE:
        _note(address[0])
    return _connect(self, address)


def _look_up_here(host, *words, **more):
    if host not in _HERE:
        _note(host)
    return _look_up(host, *words, **more)


socket.socket.connect = _connect_here
socket.getaddrinfo = _look_up_here
