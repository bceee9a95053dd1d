"""Asking a site over HTTP as fast as it answers, with little of the machine taken for asking."""

import socket
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from typing import Self

CONNECTIONS = 8
ASKED_OF_ONE = 100
"""Requests before a connection is opened anew: each stays with one web process, and eight of them
may be shared out badly."""


class Connection:
    """A kept connection. http.client takes several times as long for an answer, and takes it from
    the two cores that the site needs."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes, expected: bytes = b"200") -> bytes:
        """Send a request and take its answer whole. Returns the head.

        Raises:
            ValueError: it has another status, or no length.
        """
        self._socket.sendall(request)
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end]
        if head[9:12] != expected:
            raise ValueError(f"expected {expected!r}: {answer[:300]!r}")
        missing = 0 if expected == b"304" else _length(head) - (len(answer) - end - 4)
        while missing > 0:
            missing -= len(self._more())
        return head

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError(f"an answer without a length: {head!r}")
    return int(rest.split(b"\r\n", 1)[0])


def get(path: str, **headers: str) -> bytes:
    """A GET request as a browser sends it; `if_none_match` stands for If-None-Match."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip, deflate, br"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass
class Target:
    """Requests of one kind, asked in turn, and the requests/s of each round."""

    requests: Iterator[bytes]
    expected: bytes = b"200"
    rates: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, *requests: bytes, expected: bytes = b"200") -> Self:
        return cls(cycle(requests), expected)

    @property
    def rate(self) -> float:
        """Requests/s: the median of the rounds."""
        return statistics.median(self.rates)


def compare(port: int, targets: Mapping[str, Target], seconds: float, rounds: int) -> None:
    """Load one target after the other, several times around, so that all have the same weather."""
    for _ in range(rounds):
        for target in targets.values():
            target.rates.append(_requests_a_second(port, target, seconds))


def _requests_a_second(port: int, target: Target, seconds: float) -> float:
    answered = [0] * CONNECTIONS
    lock = threading.Lock()
    begin = time.perf_counter()

    def ask(place: int) -> None:
        while time.perf_counter() - begin < seconds:
            with Connection(port) as connection:
                for _ in range(ASKED_OF_ONE):
                    with lock:
                        request = next(target.requests)
                    connection.ask(request, target.expected)
                    answered[place] += 1
                    if time.perf_counter() - begin >= seconds:
                        break

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(ask, range(CONNECTIONS)))
    return sum(answered) / (time.perf_counter() - begin)


def milliseconds(port: int, requests: Iterator[bytes], repeats: int) -> float:
    """The median time of an answer, one request after the other."""
    with Connection(port) as connection:
        connection.ask(next(requests))
        times = []
        for _ in range(repeats):
            request = next(requests)
            begin = time.perf_counter()
            connection.ask(request)
            times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000
