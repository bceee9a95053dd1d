"""The reading half of On Record: articles, projects, people."""

__version__ = "0.1.0"
