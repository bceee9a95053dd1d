"""Articles in: from bytes to documents, and from documents to the database."""
