"""Everything the marking half reads from Postgres, in a constant number of queries."""
