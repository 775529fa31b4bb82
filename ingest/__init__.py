"""Sites, folders and files become documents: fetched politely, parsed, kept as they were published."""
