"""Messages between the processes of the grading engine: a length, then JSON, and nothing else.

Whoever reads here may be reading what a trainee's process wrote: sizes and times are bounded,
and what is not a message is a `WireError`, whatever it is.
"""

import json
import socket
import struct
import time
from collections.abc import Sequence

MOST_BYTES = 8 * 2**20
LENGTH = struct.Struct(">I")
CHUNK = 2**16
MOST_SOCKETS = 2  # that come with one message


class WireError(Exception):
    """What came is not what may come."""


class TooLarge(WireError):
    """Larger, deeper or longer than may cross."""


def send(
    to: socket.socket,
    message: dict,
    *,
    sockets: Sequence[socket.socket] = (),
    seconds: float | None = None,
    most: int = MOST_BYTES,
) -> None:
    """Send a message of plain JSON values, with `sockets` that the receiver may use from then on.

    Raises `TooLarge` before anything is sent, `TimeoutError` if the other end does not read, and
    `OSError` if it is gone.
    """
    data = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii")
    if len(data) > most:
        raise TooLarge(f"{len(data)} bytes")
    to.settimeout(seconds)
    if sockets:
        socket.send_fds(to, [LENGTH.pack(len(data))], [one.fileno() for one in sockets])
        to.sendall(data)
    else:
        to.sendall(LENGTH.pack(len(data)) + data)


def receive(source: socket.socket, *, seconds: float | None = None, most: int = MOST_BYTES) -> dict:
    """Return the next message; sockets that come with it are not taken.

    Raises `EOFError` at the end, `TimeoutError` after `seconds` for the whole of it, `WireError`
    where it is no message.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    (length,) = LENGTH.unpack(_exactly(source, LENGTH.size, deadline))
    if length > most:
        raise TooLarge(f"{length} bytes")
    return _message(_exactly(source, length, deadline))


def receive_with_sockets(source: socket.socket) -> tuple[dict, list[socket.socket]]:
    """Return the next message of a process that is trusted, and the sockets that came with it."""
    source.settimeout(None)
    header, handles, _, _ = socket.recv_fds(source, LENGTH.size, MOST_SOCKETS)
    if not header:
        raise EOFError
    sockets = [socket.socket(fileno=handle) for handle in handles]
    header += _exactly(source, LENGTH.size - len(header), None)
    return _message(_exactly(source, LENGTH.unpack(header)[0], None)), sockets


def _exactly(source: socket.socket, length: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        left = None
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
        source.settimeout(left)
        part = source.recv(min(length - len(parts), CHUNK))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _message(data: bytes) -> dict:
    try:
        message = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(str(error)[:200]) from None
    if not isinstance(message, dict):
        raise WireError(f"a {type(message).__name__}")
    return message


def _no_constant(name: str) -> None:
    raise ValueError(name)
