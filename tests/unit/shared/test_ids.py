from hypothesis import assume, given
from hypothesis import strategies as st

from shared.ids import check_digit, is_reference, new_id, new_reference

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
bodies = st.text(DIGITS, min_size=8, max_size=8)


def written(body: str) -> str:
    return f"SJ-{body[:4]}-{body[4:]}-{check_digit(body)}"


def test_a_new_reference_is_one():
    assert all(is_reference(new_reference()) for _ in range(200))


@given(bodies, st.integers(0, 7), st.sampled_from(DIGITS))
def test_one_wrong_character_is_found(body, place, other):
    assume(body[place] != other)
    wrong = body[:place] + other + body[place + 1 :]
    assert not is_reference(f"SJ-{wrong[:4]}-{wrong[4:]}-{check_digit(body)}")


@given(bodies)
def test_a_reference_reads_back(body):
    assert is_reference(written(body))


def test_what_is_no_reference_is_told_from_one():
    for text in ["", "SJ", "SJ-1-2-3", "sj-7k3m-9qx4-c", "SJ-7K3M-9QX4", "SJ-7K3M-9QXU-0", "'; DROP TABLE"]:
        assert not is_reference(text)


def test_ids_made_later_sort_later():
    made = [new_id() for _ in range(100)]
    assert made == sorted(made)
