"""What an assistant asks of the minutes: search, ask, get_document, by the Model Context Protocol (MCP)."""
