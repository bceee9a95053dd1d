"""Identifiers that sort by age and can be made anywhere, a form included."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 12 of their fraction
    (section 6.2, method 3), so that those made one after the other sort so, then random bits.

    Python has one of its own from 3.14 on, Postgres from 18 on; the project supports older ones.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64
    return uuid.UUID(int=value | 0x2 << 62 | secrets.randbits(62))
