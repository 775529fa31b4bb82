"""The data itself: documents, passages, what a search finds; only what is published, as it is indexed."""
