"""What the work costs, beside what it could cost at best: `make bench`.

Every figure stands beside a limit measured in the same run on the same server, since only the
ratio of the two means anything on another machine. Budgets are those of the design.

`scale` says how much is measured, `corpus` makes the rows, `load` asks over HTTP, `results` holds
and shows what came of it; each other module measures one kind of work.
"""
