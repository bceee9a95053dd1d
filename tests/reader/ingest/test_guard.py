"""No request leaves for an address that is not public, whatever it is called."""

import json
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import urllib3.util.connection

from reader.ingest.errors import FetchError
from reader.ingest.fetch import Limits, fetch

SAMPLES = Path(__file__).resolve().parents[4] / "shared/data/nasty/ssrf_urls.jsonl"
PUBLIC = "93.184.215.14"
QUICK = Limits(total=5)

Resolve = Callable[[str], list[str]]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that something tried to connect to; nothing is."""
    tried: list[str] = []

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        tried.append(address[0].strip("[]"))
        raise ConnectionRefusedError

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    return tried


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Resolve], None]:
    """Puts a name server of the test's own in place. Numbers are still read by the system."""
    real = socket.getaddrinfo

    def install(resolve: Resolve) -> None:
        def answer(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
            try:
                return real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            except socket.gaierror:
                return [
                    real(found, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0]
                    for found in resolve(str(host))
                ]

        monkeypatch.setattr(socket, "getaddrinfo", answer)

    return install


def attempt(url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, limits=QUICK)
    return caught.value.message


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1"])
def test_no_known_trick_gets_out(
    inside: str, resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    """Every name leads inside: whatever is asked for, nobody connects, but to public numbers."""
    if not SAMPLES.exists():
        pytest.skip(f"{SAMPLES} is not here")
    resolver(lambda name: [inside])
    for line in SAMPLES.read_text().splitlines():
        payload = json.loads(line)["payload"]
        for url in (payload, f"http://{payload}/"):
            assert attempt(url)
    assert all(ip_address(tried).is_global for tried in connections)
    assert set(connections) <= {"216.58.214.206", "152.254.90.1", "178.254.90.1"}


def test_tricks_with_names_of_the_open_internet_reach_only_that(
    resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    if not SAMPLES.exists():
        pytest.skip(f"{SAMPLES} is not here")
    resolver(lambda name: ["127.0.0.1" if "local" in name else PUBLIC])
    for line in SAMPLES.read_text().splitlines():
        attempt(json.loads(line)["payload"])
    assert PUBLIC in connections
    assert all(ip_address(tried).is_global for tried in connections)


INSIDE = """
    127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254
    100.64.0.1 100.100.100.200 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
    224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
    ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::ffff:0:127.0.0.1
    64:ff9b::127.0.0.1 64:ff9b:1::10.0.0.1 2002:7f00:1:: 2001:0:7f00:1::1 2001:db8::1
    fe80::1 fec0::1 fc00::1 fd00:ec2::254 ff02::1 100::1 5f00::1 3fff::1 4000::1
    2a00:1450::5efe:10.0.0.1 2a00:1450::200:5efe:127.0.0.1
"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_addresses_that_are_not_public(
    address: str, resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    written = f"[{address}]" if ":" in address else address
    assert "private network" in attempt(f"http://{written}/")
    resolver(lambda name: [address])
    assert "private network" in attempt("http://courier.example/")
    resolver(lambda name: [PUBLIC, address])  # every answer counts, not just the first
    assert "private network" in attempt("http://courier.example/")
    assert connections == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "017700000001", "0", "127.1", "%31%32%37.0.0.1", "0x7f000001"]
)
def test_other_spellings(host: str, connections: list[str]) -> None:
    assert "private network" in attempt(f"http://{host}/")
    assert connections == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_address_that_was_checked_is_the_one_connected_to(
    address: str, resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    resolver(lambda name: [address])
    assert attempt("https://courier.example/") == "courier.example cannot be reached."
    assert connections == [address]


def test_a_name_that_changes_its_mind(
    resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    """DNS rebinding: public when it is checked, private ever after."""
    for public_times in range(4):
        answers = iter([PUBLIC] * public_times)
        resolver(lambda name, answers=answers: [next(answers, "127.0.0.1")])
        attempt("http://courier.example/")
    assert set(connections) <= {PUBLIC}


@pytest.mark.parametrize("port", [22, 25, 6379, 5432])
def test_only_ports_of_web_sites(
    port: int, resolver: Callable[[Resolve], None], connections: list[str]
) -> None:
    resolver(lambda name: [PUBLIC])
    assert f"Port {port}" in attempt(f"http://courier.example:{port}/")
    assert connections == []


def test_the_environment_leads_nowhere_else(
    resolver: Callable[[Resolve], None],
    connections: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:3128")
    resolver(lambda name: [PUBLIC])
    attempt("http://courier.example/")
    assert connections == [PUBLIC]


def test_the_switch_for_tests_opens_this_machine_only(
    settings: Any, connections: list[str]
) -> None:
    settings.FETCH_ALLOW_PRIVATE = True
    for address in ("10.0.0.1", "169.254.169.254", "[fec0::1]"):
        assert "private network" in attempt(f"http://{address}/")
    assert connections == []
    attempt("http://127.0.0.1:9/")
    assert connections == ["127.0.0.1"]
