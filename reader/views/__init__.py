"""Views of the reading half."""
