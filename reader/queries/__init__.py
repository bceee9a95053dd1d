"""What the reading half reads from Postgres, in a constant number of queries."""
