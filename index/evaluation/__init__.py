"""How good search and answers are: questions with known answers, measures, and what each stage adds."""
