"""Many people mark the same article at the same time, over HTTP, on a site as it is served."""

from concurrent.futures import ThreadPoolExecutor

from tests.crowd import Crowd, Words, gather, send, stored, tasks
from tests.served import Site, served
from tests.visitor import Visitor, is_acknowledged

CLIENTS = 8
ANNOTATIONS = 2_000


def annotate(site: Site, crowd: Crowd, session: str, todo: list[Words]) -> int:
    """One person marks all of `todo`. Every fifth form is sent twice: half of those at the same
    moment, as by a double click, half later, as after an answer that got lost.

    Returns:
        How many forms were sent.
    """
    sent = []
    with (
        Visitor(site.port, session) as browser,
        Visitor(site.port, session) as other,
        ThreadPoolExecutor(1) as at_once,
    ):
        for number, words in enumerate(todo):
            twin = at_once.submit(send, other, crowd, words) if number % 10 == 0 else None
            sent.append((words, send(browser, crowd, words)))
            if twin:
                sent.append((words, twin.result()))
            if number % 10 == 5:
                sent.append((words, send(browser, crowd, words)))
    refused = [(words, reply) for words, reply in sent if not is_acknowledged(reply, words.id)]
    assert not refused, refused[:3]
    return len(sent)


def test_eight_people_mark_two_thousand_passages_of_one_article_at_once(data_dir):
    with served(data_dir) as site:
        crowd = gather(site, CLIENTS)
        todo = tasks(crowd, ANNOTATIONS)
        with ThreadPoolExecutor(CLIENTS) as people:
            sent = people.map(
                lambda n: annotate(site, crowd, crowd.sessions[n], todo[n::CLIENTS]), range(CLIENTS)
            )
            assert sum(sent) == ANNOTATIONS * 6 // 5

        assert stored(site) == sorted(todo, key=lambda words: words.id)
        with Visitor(site.port, crowd.sessions[0]) as browser:
            page = browser.get(crowd.path).body.decode()
        assert page.count('<article class="card ') == ANNOTATIONS
        assert all(page.count(f'id="c-{words.id}"') == 1 for words in todo)
        assert "Traceback" not in site.errors
