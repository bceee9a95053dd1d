"""Pictures of articles from a site on this machine to files and rows, once each."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from annotations.services.erasing import purge_article
from reader.ingest.details import check_details
from reader.ingest.incoming import from_page
from reader.ingest.pictures import path_of
from reader.ingest.pipeline import store
from reader.models import Article, Picture, PictureStatus, Project
from reader.services.pictures import Tally, fetch_pictures_of
from reader.tasks import fetch_pictures
from tests.factories import make_article, make_project
from tests.pictures import drawn
from tests.website import Website, website

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    settings.DATA_DIR = tmp_path
    with website() as running:
        yield running


def page(*addresses: str) -> str:
    images = "".join(f"<figure><img src='{one}' alt='A boat'></figure>" for one in addresses)
    return f"<p>The ferry ran aground.</p>{images}<p>It came free.</p>"


def jobs() -> list[tuple[str, str]]:
    """The articles whose pictures wait to be fetched, with the job's lock."""
    waiting = ProcrastinateJob.objects.filter(task_name="fetch_pictures", status="todo")
    return [(job.args["article_id"], job.queueing_lock or "") for job in waiting]


def rows(article: Article) -> list[tuple[str, str, str]]:
    found = article.pictures.order_by("id")
    return [(one.source.rpartition("/")[2], one.status, one.error) for one in found]


def test_pictures_are_fetched_once_and_their_pages_change(site: Website) -> None:
    address = site.page("/1.jpg", drawn(2000, 1000), "image/jpeg")
    project = make_project()
    article = make_article(project, html=page(address, site.address + "/none.jpg"))
    before = Project.objects.get().version
    assert fetch_pictures_of(article.pk) == Tally(stored=1, failed=1)
    assert rows(article) == [
        ("1.jpg", "stored", ""),
        ("none.jpg", "failed", "The site answered “404 Not Found”."),
    ]
    stored = article.pictures.get(status=PictureStatus.STORED)
    assert (stored.width, stored.height) == (1600, 800)
    assert path_of(stored.sha256).is_file()
    assert stored.fetched_at
    assert Project.objects.get().version == before + 1
    assert fetch_pictures_of(article.pk) == Tally()
    assert site.asked == ["/1.jpg", "/none.jpg"]
    assert fetch_pictures_of(article.pk, failed_too=True) == Tally(failed=1)


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "is of the type image/svg"),
        (drawn(), "text/html", "is of the type text/html"),
        (drawn(), "application/octet-stream", "is of the type application/octet-stream"),
        (b"<html>Not found</html>", "image/jpeg", "no picture of a kind"),
        (b"\0" * 10_000_001, "image/png", "larger than 10 MB"),
        (drawn(1, 1, "GIF"), "image/gif", "smaller than 64 pixels"),
    ],
)
def test_what_is_no_picture_is_noted(
    site: Website, content: bytes, content_type: str, why: str
) -> None:
    article = make_article(None, html=page(site.page("/1", content, content_type)))
    assert fetch_pictures_of(article.pk) == Tally(failed=1)
    assert why in article.pictures.get().error


def test_nothing_of_the_machine_or_its_net_is_fetched(site: Website, settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = False
    inside = site.page("/1.jpg", drawn(), "image/jpeg")
    article = make_article(None, html=page(inside, "http://169.254.169.254/2.jpg"))
    assert fetch_pictures_of(article.pk) == Tally(failed=2)
    assert site.asked == []


def test_a_worker_is_asked_in_the_same_transaction_and_once(site: Website) -> None:
    address = site.page("/1.jpg", drawn(), "image/jpeg")
    make_article(None, "Only words.", title="Words")
    article = make_article(None, html=page(address), url="https://a.example/1")
    lock = f"fetch_pictures:{article.pk}"
    assert jobs() == [(str(article.pk), lock)]
    details = check_details({"url": "https://a.example/1"})
    changed = page(address, site.address + "/2.jpg").replace("aground", "aground again")
    store(from_page(changed, details), None)
    assert jobs() == [(str(article.pk), lock)]
    (job,) = ProcrastinateJob.objects.filter(task_name="fetch_pictures")
    fetch_pictures.func(**job.args)
    assert [status for _, status, _ in rows(article)] == ["stored", "failed"]


def test_an_article_that_is_gone_is_no_fault() -> None:
    fetch_pictures.func(article_id="0197c2a0-0000-7000-8000-000000000000")


def test_a_lost_file_is_fetched_again(site: Website) -> None:
    address = site.page("/1.jpg", drawn(), "image/jpeg")
    article = make_article(None, html=page(address, site.address + "/none.jpg"))
    make_article(None, "Only words.", title="Words")
    out = StringIO()
    call_command("fetch_pictures", stdout=out)
    path_of(article.pictures.get(status=PictureStatus.STORED).sha256).unlink()
    call_command("fetch_pictures", stdout=out)
    call_command("fetch_pictures", "--failed", stdout=out)
    assert out.getvalue().splitlines() == [
        "1 pictures stored, 1 failed",
        "1 pictures stored, 0 failed",
        "0 pictures stored, 1 failed",
    ]
    assert path_of(article.pictures.get(status=PictureStatus.STORED).sha256).exists()


def test_a_purged_article_leaves_no_file_that_no_other_shows(
    site: Website, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    shared = site.page("/1.jpg", drawn(), "image/jpeg")
    own = site.page("/2.jpg", drawn(300, 200), "image/jpeg")
    first = make_article(None, html=page(shared, own), url="https://a.example/1")
    second = make_article(None, html=page(shared), url="https://a.example/2")
    for article in (first, second):
        fetch_pictures_of(article.pk)
    kept = second.pictures.get().sha256
    files = set(Picture.objects.values_list("sha256", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        purge_article(first.pk)
    assert [path_of(one).exists() for one in (kept, *(files - {kept}))] == [True, False]


def test_a_transaction_that_fails_leaves_the_picture_to_be_fetched(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(None, html=page(site.page("/1.jpg", drawn(), "image/jpeg")))

    def crash(*args: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr("reader.services.pictures.note_on_pages", crash)
        with pytest.raises(RuntimeError, match="killed"):
            fetch_pictures_of(article.pk)
    assert article.pictures.get().status == PictureStatus.WAITING
    assert fetch_pictures_of(article.pk) == Tally(stored=1)


def test_a_site_that_breaks_off_is_no_picture(site: Website) -> None:
    def broken(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "image/jpeg")
        request.send_header("Content-Length", "100000")
        request.end_headers()
        request.wfile.write(drawn()[:100])

    site.answers["/1.jpg"] = broken
    article = make_article(None, html=page(site.address + "/1.jpg"))
    assert fetch_pictures_of(article.pk) == Tally(failed=1)
    assert "broke off" in article.pictures.get().error
