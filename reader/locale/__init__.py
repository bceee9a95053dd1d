"""The languages of the interface: translated words, and how each writes its dates."""
