"""What workers do by the clock. Whichever is first at the minute puts it into the queue, once."""

from procrastinate import Blueprint, JobContext

# Not tasks of `app`: only the app of a worker knows them, which has a connection for them.
upkeep = Blueprint()

_FIRST = 10
"""Priority of what keeps the rest going, which has 0."""

KEPT_FAILURES_HOURS = 7 * 24


# No lock: where a worker died with it, the next minute's must run nevertheless.
@upkeep.periodic(cron="* * * * *")
@upkeep.task(name="schedule_polls", queue="feeds", queueing_lock="schedule_polls", priority=_FIRST)
def schedule_polls(timestamp: int) -> None:
    """Put the feeds that are due into the queue."""
    from reader.services.queue import defer_due_polls

    defer_due_polls()


# No lock, as above.
@upkeep.periodic(cron="* * * * *")
@upkeep.task(name="schedule_looks", queue="pages", queueing_lock="schedule_looks", priority=_FIRST)
def schedule_looks(timestamp: int) -> None:
    """Put the watched articles that are due into the queue."""
    from reader.services.watching import defer_due_looks

    defer_due_looks()


@upkeep.periodic(cron="* * * * *")
@upkeep.task(name="look_at_backlog", queue="search", queueing_lock="look_at_backlog")
def look_at_backlog(timestamp: int) -> None:
    """Index what nobody has told the workers of, as after a restore."""
    from reader.services.queue import index_backlog

    index_backlog()


@upkeep.periodic(cron="17 * * * *")
@upkeep.task(
    name="forget_failures",
    queue="feeds",
    queueing_lock="forget_failures",
    priority=_FIRST,
    pass_context=True,
)
async def forget_failures(context: JobContext, timestamp: int) -> None:
    """Delete jobs that failed long ago; those that succeeded went at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_FAILURES_HOURS,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )
