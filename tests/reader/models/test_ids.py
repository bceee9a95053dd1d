"""Identifiers that sort by age."""

from uuid import RFC_4122

from reader.models.ids import uuid7


def test_they_sort_as_they_were_made():
    made = [uuid7() for _ in range(1000)]
    assert sorted(made) == made
    assert len(set(made)) == 1000


def test_they_are_of_version_7():
    assert {(one.version, one.variant) for one in (uuid7() for _ in range(100))} == {(7, RFC_4122)}
