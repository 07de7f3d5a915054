import pytest

from shared.observability.logs import redact, where_it_failed


@pytest.mark.parametrize(
    "personal", ["13812341234", "lin@shanbei.example", "310101194910010023", "31010119491001002X"]
)
def test_what_looks_like_a_contact_is_struck_out(personal):
    logged = redact(None, "info", {"event": f"could not reach {personal}!"})
    assert personal not in logged["event"]


@pytest.mark.parametrize(
    "harmless",
    ["01900000-0000-7000-8000-000000000001", "2026-03-12T04:00:00Z", "SJ-7K3M-9QX4-C", "1380013800"],
)
def test_ids_and_times_stay(harmless):
    assert redact(None, "info", {"case": harmless}) == {"case": harmless}


def test_an_exception_is_logged_by_where_it_came_from_not_by_what_it_quotes():
    try:
        raise ValueError("Key (name)=(林佩珍) already exists")
    except ValueError:
        logged = where_it_failed(None, "error", {"event": "failed", "exc_info": True})
    assert logged["error"] == "ValueError"
    assert "test_logs.py" in logged["at"][-1]
    assert "林佩珍" not in str(logged)
