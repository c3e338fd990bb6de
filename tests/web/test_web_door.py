"""Who is let in, and what is refused at the door of the review page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest
from fastapi.testclient import TestClient

from records.decisions import DecisionKind, Target, TargetKind
from review.decision_log import DecisionLog, read_log
from review.web.guard import MAX_BODY_BYTES
from review.web.house import House
from tests.web.conftest import client_of, token_of

ELSEWHERE = {"origin": "https://elsewhere.example"}


def test_every_answer_says_what_browsers_may_do_with_it(client: TestClient) -> None:
    for address in ("/", "/login", "/nothing-here", "/static/style.css"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy, address
        assert "frame-ancestors 'none'" in policy and headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
    assert client.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", "", "[", "10.0.0.7"])
def test_another_host_header_is_refused(client: TestClient, host: str) -> None:
    done = client.get("/", headers={"host": host})
    assert done.status_code == 421
    assert "<" not in done.text


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:1", "[::1]:8321"])
def test_loopback_is_known_under_its_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_bound_elsewhere_only_its_names_and_numbers_are_answered(house: House) -> None:
    served = replace(house, password="x" * 20, is_loopback=False, hosts=frozenset({"records.newsroom.example"}))
    with client_of(served) as client:
        for host, status in {"10.0.0.7:8321": 200, "Records.Newsroom.example": 200, "evil.example": 421}.items():
            assert client.get("/login", headers={"host": host}).status_code == status, host


def test_a_post_without_a_token_is_refused(client: TestClient) -> None:
    assert client.post("/login", data={"who": "mallory"}).status_code == 403
    assert "anna" in client.get("/").text


def test_a_post_with_the_token_of_another_session_is_refused(client: TestClient, house: House) -> None:
    with client_of(house) as other:
        token = token_of(other)
    client.get("/")
    assert client.post("/login", data={"who": "mallory", "csrf": token}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        ELSEWHERE,
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8321"},
    ],
)
def test_a_post_from_another_site_is_refused_even_with_the_token(client: TestClient, headers: dict[str, str]) -> None:
    form = {"who": "mallory", "csrf": token_of(client)}
    assert client.post("/login", data=form, headers=headers).status_code == 403
    assert "anna" in client.get("/").text


def test_a_post_of_our_own_form_is_taken(client: TestClient) -> None:
    form = {"who": "ben", "csrf": token_of(client)}
    ours = {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "same-origin"}
    done = client.post("/login", data=form, headers=ours)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert "Good morning, ben" in client.get("/").text


def test_another_site_may_link_to_a_page_but_embed_nothing(client: TestClient) -> None:
    linked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    first = client.get("/", headers=linked)  # strict cookies stay at home: asked again from our own page, they come
    assert "refresh" in first.text and "anna" not in first.text and "set-cookie" not in first.headers
    client.get("/")
    assert "Good morning, anna" in client.get("/", headers=linked).text
    for embedded in (
        {**linked, "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    ):
        assert client.get("/", headers=embedded).status_code == 403


@pytest.mark.parametrize("is_https", [True, False])
def test_the_cookie_goes_by_https_alone_where_the_page_is_reached_by_it(house: House, is_https: bool) -> None:
    with client_of(replace(house, is_https=is_https)) as client:
        assert ("; Secure" in client.get("/login").headers["set-cookie"]) is is_https


@pytest.mark.parametrize(
    ("error", "status"), [(duckdb.InterruptException("x"), 503), (RuntimeError("the words of a record"), 500)]
)
def test_an_error_after_a_decision_was_logged_does_not_say_that_it_was_not(
    client: TestClient, house: House, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    """The answer fails, but the decision is on disk."""
    append = DecisionLog.undo

    def and_then_fail(*given: Any, **more: Any) -> None:
        append(*given, **more)
        raise error

    with DecisionLog(house.decisions) as log:
        log.append(DecisionKind.ACCEPT, Target(TargetKind.RELEASE_FACT, "r", "agency", "Drawnham PD"), "anna")
    monkeypatch.setattr(DecisionLog, "undo", and_then_fail)
    form = {"number": "1", "token": "x" * 16, "csrf": token_of(client)}
    done = client.post("/decisions/undo", data=form)
    assert done.status_code == status and "record" not in done.text.replace("recordtrail", "").replace(
        "Recordtrail", ""
    )
    assert "may have been logged" in done.text and "othing was decided" not in done.text
    assert len(read_log(house.decisions)) == 2


def test_a_large_body_is_refused_before_it_is_read(client: TestClient) -> None:
    token = token_of(client)
    form = {"who": "x" * (MAX_BODY_BYTES + 1), "csrf": token}
    assert client.post("/login", data=form).status_code == 413

    def drip() -> Iterator[bytes]:
        for _ in range(MAX_BODY_BYTES // 65536 + 2):
            yield b"x" * 65536

    headers = {"x-csrf-token": token, "content-type": "application/x-www-form-urlencoded"}
    done = client.post("/login", content=drip(), headers=headers)
    assert done.status_code == 413


def test_another_user_of_this_machine_is_refused_unless_there_is_a_password(house: House) -> None:
    asked = []

    def is_stranger(host: str, port: int, own_port: int) -> bool:
        asked.append((host, port, own_port))
        return True

    with client_of(replace(house, is_stranger=is_stranger)) as client:
        assert client.get("/").status_code == 403
        assert client.get("/static/style.css").status_code == 403
    assert asked[0][2] == 8321
    with client_of(replace(house, is_stranger=is_stranger, password="open sesame, please")) as client:
        assert client.get("/login").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 405


def test_a_session_is_a_signed_cookie_that_scripts_cannot_read(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    name, _, value = cookie.partition(";")[0].partition("=")
    forged = value.replace(value[:4], "AAAA", 1)
    client.cookies.clear()
    done = client.get("/", headers={"cookie": f"{name}={forged}"})
    assert "set-cookie" in done.headers  # a new one: the forged one is none
    assert "set-cookie" not in client.get("/", headers={"cookie": f"{name}={value}"}).headers


def test_a_session_outlives_a_restart_but_not_another_password(house: House) -> None:
    with client_of(replace(house, password="open sesame, please")) as client:
        form = {"who": "ben", "password": "open sesame, please", "csrf": token_of(client)}
        cookie = client.post("/login", data=form).headers["set-cookie"].partition(";")[0]
    for password, status in {"open sesame, please": 200, "another password": 303}.items():
        with client_of(replace(house, password=password)) as client:
            assert client.get("/", headers={"cookie": cookie}).status_code == status


def test_nothing_is_shown_before_the_password(guarded: TestClient) -> None:
    for address in ("/", "/documents", "/trace/0123456789abcdef-p00001-r001", "/find?id=x", "/queue"):
        done = guarded.get(address)
        assert done.status_code == 303 and done.headers["location"].startswith("/login?next="), address
    assert guarded.get(f"/picture/{'a' * 64}/1/page.png").status_code == 401
    assert guarded.post("/queue", data={"csrf": token_of(guarded)}).status_code == 401


def test_the_password_opens_the_page_that_was_asked_for(guarded: TestClient) -> None:
    wanted = guarded.get("/documents?state=loaded").headers["location"]
    form = {"who": "ben", "password": "wrong", "next": "/documents?state=loaded", "csrf": token_of(guarded, wanted)}
    assert guarded.post("/login", data=form).status_code == 403
    done = guarded.post("/login", data={**form, "password": "open sesame, please"})
    assert (done.status_code, done.headers["location"]) == (303, "/documents?state=loaded")
    assert guarded.get("/documents?state=loaded").status_code == 200


def test_behind_a_password_nobody_is_offered_the_name_of_another(guarded: TestClient, client: TestClient) -> None:
    assert 'name="who" value=""' in guarded.get("/login").text
    assert 'name="who" value="anna"' in client.get("/login").text


def test_who_ends_the_session_is_asked_again(guarded: TestClient) -> None:
    guarded.post("/login", data={"who": "ben", "password": "open sesame, please", "csrf": token_of(guarded)})
    assert guarded.get("/").status_code == 200
    assert guarded.post("/logout", data={"csrf": token_of(guarded)}).headers["location"] == "/login"
    assert guarded.get("/").status_code == 303


def test_logging_in_begins_a_new_session(guarded: TestClient) -> None:
    before = token_of(guarded)
    form = {"who": "ben", "password": "open sesame, please", "csrf": before}
    guarded.post("/login", data=form)
    assert token_of(guarded) != before


def test_passwords_cannot_be_tried_for_long(guarded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from review.web.pages import login

    monkeypatch.setattr(login, "_wrong", login._Wrong())
    form = {"who": "ben", "password": "wrong", "csrf": token_of(guarded)}
    statuses = [guarded.post("/login", data=form).status_code for _ in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert guarded.post("/login", data={**form, "password": "open sesame, please"}).status_code == 429


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:1", "/\tx", ""],
)
def test_the_login_leads_nowhere_else(client: TestClient, next: str) -> None:
    done = client.post("/login", data={"who": "ben", "next": next, "csrf": token_of(client)})
    assert done.headers["location"] == "/"


@pytest.mark.parametrize("who", ["", "  ", "a\nb", "x" * 201])
def test_a_name_that_the_log_cannot_hold_is_asked_for_again(client: TestClient, who: str) -> None:
    assert client.post("/login", data={"who": who, "csrf": token_of(client)}).status_code == 422


def test_an_unexpected_error_tells_its_class_and_nothing_of_a_record(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> dict[str, object]:
        raise KeyError("PLATE-123")

    with client_of(replace(house, ledger=broken)) as client:
        done = client.get("/")
    assert done.status_code == 500 and done.headers["x-frame-options"] == "DENY"
    assert "KeyError" in done.text and "PLATE" not in done.text
    assert "KeyError" in caplog.text and "PLATE" not in caplog.text
