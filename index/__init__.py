"""Documents become passages and passages a generation, which is searched and answers questions."""
