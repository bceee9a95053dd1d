"""A worker: takes jobs from the queue and runs them, several at once, until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.db import close_old_connections
from procrastinate import App, PsycopgConnector
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import DjangoApp, connector_params

from reader.database.base import embedded_server, is_embedded
from reader.services.queue import defer_due_polls, requeue_stalled, work_left
from reader.services.watching import defer_due_looks
from reader.supervisor import STOP_SECONDS, STOP_SIGNALS
from reader.tasks import app
from reader.tasks.upkeep import upkeep

GRACE_SECONDS = STOP_SECONDS - 4
"""How long running jobs may take to end; what is left of them is taken up again by others."""

TELL_SECONDS = 1.0
"""After so much of that time, jobs that can stop in their middle are told to."""

LOOK_SECONDS = 5.0
"""Jobs for later are looked for so often; of new ones Postgres tells."""

STEP_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """Jobs at once, the names of the queues they are taken from (none: all), and whether to end
    when nothing is left to do."""

    concurrency: int
    queues: Sequence[str] = ()
    once: bool = False


def run(plan: Plan) -> None:
    """Work until told to stop, which does not return where jobs take longer than that may take."""
    asyncio.run(_run(plan))


async def _run(plan: Plan) -> None:
    loop = asyncio.get_running_loop()
    # A thread for each job, and one for `requeue_stalled`.
    loop.set_default_executor(ThreadPoolExecutor(plan.concurrency + 1, "job"))
    stop = asyncio.Event()
    for number in STOP_SIGNALS:
        # What is ignored already, as under nohup, stays so.
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, stop.set)
    async with _worker_app(plan.concurrency).open_async() as worker_app:
        steps = _work_once(worker_app, plan) if plan.once else _work(worker_app, plan)
        working = asyncio.create_task(steps)
        side_tasks: set[asyncio.Task[Any]] = {asyncio.create_task(stop.wait())}
        if not plan.once:
            side_tasks.add(asyncio.create_task(_look_for_stalled()))
        # Whichever ends first, by a stop or a fault, ends the others.
        ended, _ = await asyncio.wait({working, *side_tasks}, return_when=asyncio.FIRST_COMPLETED)
        for task in (working, *side_tasks):
            task.cancel()
        _, late = await asyncio.wait({working}, timeout=GRACE_SECONDS)
        if late:
            _leave()
        for task in ended:
            task.result()


async def _work(worker_app: App, plan: Plan, *, wait: bool = True) -> None:
    options: WorkerOptions = {
        "concurrency": plan.concurrency,
        "wait": wait,
        "fetch_job_polling_interval": LOOK_SECONDS,
        "delete_jobs": "successful",
        "shutdown_graceful_timeout": TELL_SECONDS,
        "install_signal_handlers": False,
        "update_heartbeat_interval": settings.WORKER_STALLED_SECONDS / 4,
        "stalled_worker_timeout": settings.WORKER_STALLED_SECONDS,
    }
    if plan.queues:
        options["queues"] = plan.queues
    await worker_app.run_worker_async(**options)


async def _work_once(worker_app: App, plan: Plan) -> None:
    """All that is due now, and what comes of it."""
    await asyncio.to_thread(_connected, defer_due_polls)
    await asyncio.to_thread(_connected, defer_due_looks)
    while await asyncio.to_thread(_connected, work_left, plan.queues):
        await _work(worker_app, plan, wait=False)
        await asyncio.to_thread(_connected, requeue_stalled)
        await asyncio.sleep(STEP_SECONDS)


async def _look_for_stalled() -> None:
    """Take up the jobs of dead workers. No job itself, so that it waits for no other."""
    while True:
        await asyncio.to_thread(_connected, requeue_stalled)
        await asyncio.sleep(settings.WORKER_STALLED_SECONDS)


def _connected(work: Callable[..., Any], *arguments: object) -> Any:
    """`work` in this thread, on a connection that lives."""
    close_old_connections()
    return work(*arguments)


def _worker_app(concurrency: int) -> App:
    """An app with connections of its own, for what runs beside the jobs.

    The tasks still belong to `app`: what they put into the queue goes through Django's
    connection, and so into their transaction.
    """
    connector = PsycopgConnector(
        kwargs=connection_parameters, min_size=1, max_size=concurrency + 1, max_idle=60
    )
    worker_app = DjangoApp(connector=connector)
    worker_app.tasks |= app.tasks
    worker_app.add_tasks_from(upkeep, namespace="")
    return worker_app


async def connection_parameters() -> dict[str, Any]:
    """What to connect with; asked whenever a connection opens, so that an embedded server that
    does not run is started."""
    return await asyncio.to_thread(_parameters)


def _parameters() -> dict[str, Any]:
    if is_embedded():
        embedded_server().ensure()
        embedded_server().revive()
    return connector_params()


def _leave() -> NoReturn:
    """End with jobs still running, which no thread can be made to stop: as a crash would end
    them, so others take them up."""
    if is_embedded():
        embedded_server().release()
    os._exit(0)
