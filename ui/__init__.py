"""People and programs: the command line and the web page."""
