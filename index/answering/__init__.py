"""What is said to a question: the sentences that answer, chosen by their chance, or why there are none."""
