"""Tables as people and programs keep them: CSV, JSON Lines and Parquet, read and written as streams."""
