"""Thousands of questions out of a table: each row answered so that it can be borne out a year later."""
