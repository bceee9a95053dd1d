"""`make bench`, or `python -m tests.bench [--quick] [--write]`."""

import sys
from argparse import ArgumentParser

from reader.supervisor import on_stop_signals
from tests.bench import anchoring, results
from tests.bench.anchoring import PAGE
from tests.bench.scale import FULL, QUICK
from tests.bench.site import production_site


def main() -> int:
    """Measure, print the table, and keep it if asked to; 1 where a budget is missed."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute, for a first look")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} as well")
    options = parser.parse_args()
    # Ended in the ordinary way, so that the site is stopped and its folder removed.
    on_stop_signals(lambda number, _: sys.exit(128 + number))
    on = results.machine()
    print(f"Measuring on {on}")
    with production_site() as site:
        # Models can be imported only now that Django is set up.
        from tests.bench.run import run

        found = run(site, QUICK if options.quick else FULL)
    print(results.table(found))
    if options.write:
        command = f'make bench BENCH_ARGS="{" ".join(sys.argv[1:])}"'
        kept = anchoring.section_of(PAGE.read_text())
        section = anchoring.section(command, on) or kept
        PAGE.write_text(results.page(found, command, on, section))
        print(f"written to {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
