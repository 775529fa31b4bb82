"""What programs ask over HTTP, beside the page: search, ask, documents, status, as JSON below /api."""
