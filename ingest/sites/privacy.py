"""What is left out of everything read from council sites: contact lines and home addresses."""

from ingest.privacy import drop_personal

__all__ = ["drop_personal"]
