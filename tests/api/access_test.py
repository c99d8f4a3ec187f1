import pytest

from api.access import Limiter, Refused, Users, hash_password
from corpus.types import UserError


@pytest.fixture
def users(tmp_path):
    (tmp_path / "users").write_text(
        f"# staff\nzhang:{hash_password('one')}:upload\n\nli:{hash_password('two')}\n", encoding="utf-8"
    )
    return Users(tmp_path / "users")


def test_passwords_are_checked_and_hashes_differ(users):
    assert users.check("zhang", "one") and users.check("zhang", "one")
    assert not users.check("zhang", "two") and not users.check("nobody", "") and not users.check("li", "")
    assert hash_password("one") != hash_password("one")


def test_only_the_marked_may_upload(users):
    assert users.may_upload("zhang") and not users.may_upload("li") and not users.may_upload(None)


@pytest.mark.parametrize("header", [None, "", "Basic", "Basic ###", "Bearer x", "Basic /w==", "Basic emhhbmc="])
def test_a_header_that_is_none(users, header):
    assert users.of_header(header) is None


@pytest.mark.parametrize("line", ["zhang", "zhang:secret", "zhang:00$11", ":00$11", f"zhang:{hash_password('x')}:root"])
def test_a_wrong_line_is_named(tmp_path, line):
    (tmp_path / "users").write_text(f"# staff\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match="users, line 2: is not name:hash"):
        Users(tmp_path / "users")


def test_a_file_without_users(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        Users(tmp_path / "none")
    (tmp_path / "users").write_text("\n", encoding="utf-8")
    with pytest.raises(UserError, match="names no user"):
        Users(tmp_path / "users")


def test_each_client_has_a_rate_of_its_own(monkeypatch):
    now = 0.0
    monkeypatch.setattr("api.access.time.monotonic", lambda: now)
    limiter = Limiter(60)  # one a second, six at once
    for _ in range(6):
        limiter.take("a")
    with pytest.raises(Refused) as refused:
        limiter.take("a")
    assert refused.value.seconds == 1
    limiter.take("b")
    now = 1.0
    limiter.take("a")
