"""English: the words stand in the source."""
