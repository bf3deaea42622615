from courses.certificates.codes import LETTERS, fold, is_well_formed, new_code, readable


def test_a_code_is_random_and_reads_in_groups_of_four():
    code = new_code()
    assert len({new_code() for _ in range(200)}) == 200
    assert [len(group) for group in readable(code).split("-")] == [4, 4, 4, 4, 4]
    assert len(LETTERS) ** 19 > 2**80
    assert is_well_formed(code)


def test_however_it_is_typed_it_is_the_same_code():
    code = new_code()
    assert fold(f" {readable(code).lower().replace('-', ' ')}\n") == code


def test_every_single_wrong_letter_is_found():
    code = new_code()
    for place, right in enumerate(code):
        for wrong in set(LETTERS) - {right}:
            assert not is_well_formed(code[:place] + wrong + code[place + 1 :])


def test_two_letters_that_changed_places_are_found():
    code = "23456789ABCDEFGHJKM"
    code += next(letter for letter in LETTERS if is_well_formed(code + letter))
    for place in range(18):
        assert not is_well_formed(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_what_is_too_short_or_has_foreign_letters_is_no_code():
    assert not is_well_formed("")
    assert not is_well_formed("Ω" * 20)
    assert not is_well_formed(new_code()[:-1])
