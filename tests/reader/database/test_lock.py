"""The locks that tell who uses the server."""

from reader.database.lock import SharedLock


def test_only_the_last_share_can_be_made_exclusive(tmp_path):
    first, second = SharedLock(tmp_path / "lock"), SharedLock(tmp_path / "lock")
    first.acquire()
    second.acquire()
    assert not first.make_exclusive()
    first.release()
    assert not first.held
    assert second.make_exclusive()
    second.release()


def test_without_a_share_nothing_is_made_exclusive(tmp_path):
    assert not SharedLock(tmp_path / "lock").make_exclusive()
