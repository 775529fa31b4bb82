"""CMIS, the software of most other councils: its calendar, its meetings, their agendas and documents."""

from ingest.sites.cmis.page import is_cmis
from ingest.sites.cmis.site import CmisSite

__all__ = ["CmisSite", "is_cmis"]
