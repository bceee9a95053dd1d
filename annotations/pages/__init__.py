"""What each page shows, as plain values ready for its template."""
