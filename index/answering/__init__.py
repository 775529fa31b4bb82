"""What is said to a question: an answer, or why there is none."""
