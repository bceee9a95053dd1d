"""`make bench`, or `python -m tests.bench [--quick] [--million] [--write]`."""

import sys
from argparse import ArgumentParser

from reader.supervisor import on_stop_signals
from tests.bench import anchoring, results, same_words, searching
from tests.bench.anchoring import PAGE
from tests.bench.scale import FULL, QUICK
from tests.bench.site import production_site


def main() -> int:
    """Measure, print the table, and keep it if asked to; 1 where a budget is missed."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute, for a first look")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} as well")
    parser.add_argument(
        "--million", action="store_true", help="search a million articles, too: half an hour more"
    )
    options = parser.parse_args()
    # Ended in the ordinary way, so that the site is stopped and its folder removed.
    on_stop_signals(lambda number, _: sys.exit(128 + number))
    on = results.machine()
    print(f"Measuring on {on}")
    with production_site() as site:
        # Models can be imported only now that Django is set up.
        from tests.bench.run import run

        found = run(site, QUICK if options.quick else FULL)
    few = searching.measured(searching.FEW)
    many = searching.measured(searching.MANY) if options.million else None
    found += searching.results(few, many)
    found += same_words.results(same_words.measured(same_words.FEW))
    print(results.table(found))
    if options.write:
        command = f'make bench BENCH_ARGS="{" ".join(sys.argv[1:])}"'
        before = PAGE.read_text()
        sections = [
            searching.section(command, on, few, many) if many else searching.section_of(before),
            same_words.section_of(before),
            anchoring.section(command, on) or anchoring.section_of(before),
        ]
        PAGE.write_text(results.page(found, command, on, "\n".join(filter(None, sections))))
        print(f"written to {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
