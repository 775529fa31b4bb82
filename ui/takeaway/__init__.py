"""What a reader takes away: an answer as text, Markdown or a Word file, a list of results as CSV."""
