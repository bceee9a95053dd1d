"""The only writers of what the reading half keeps. Each function is one transaction."""
