"""The web page: a question, the answer, and the words of the record that it rests on."""
