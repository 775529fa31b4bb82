from ui.tables.columns import carried_names, texts

OWN = texts("row", "answer")


def test_names_stay_where_nothing_has_them():
    assert carried_names(["id", "council"], OWN) == {"id": "id", "council": "council"}


def test_a_name_of_ours_is_the_inputs_with_a_word_before_it():
    assert carried_names(["answer", "id"], OWN) == {"answer": "input_answer", "id": "id"}


def test_no_two_columns_are_called_the_same():
    names = carried_names(["answer", "input_answer"], OWN)
    assert names == {"answer": "input_input_answer", "input_answer": "input_answer"}
