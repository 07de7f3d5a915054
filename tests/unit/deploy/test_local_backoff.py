from deploy.local.supervised import Backoff


def test_pauses_double_up_to_fifteen_seconds():
    backoff = Backoff()

    pauses = [backoff.pause(lived_seconds=0) for _ in range(7)]

    assert pauses == [0.5, 1, 2, 4, 8, 15, 15]


def test_a_minute_of_life_makes_the_next_pause_short_again():
    backoff = Backoff()
    for _ in range(5):
        backoff.pause(lived_seconds=1)

    assert backoff.pause(lived_seconds=60) == 0.5
