"""CMIS, the software of most other councils."""
