"""Sessions as browsers keep them: a link from elsewhere neither opens nor ends one."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_link_on_another_site_opens_the_page_in_the_session_that_was_there(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site}/login")
    page.get_by_label("Your name").fill("ben")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Good morning, ben").wait_for()
    before = context.cookies(site)
    page.goto(site.replace("127.0.0.1", "localhost") + "/login")  # to a browser, another site
    page.evaluate("""address => {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "a citation";
        document.querySelector("main").append(link);
    }""", f"{site}/documents")  # fmt: skip
    page.get_by_role("link", name="a citation").click()
    page.get_by_role("heading", name="Documents").wait_for()
    assert page.locator(".who").inner_text() == "ben"
    assert context.cookies(site) == before
    context.close()


def test_what_a_page_may_not_do_the_browser_refuses(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(site)
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.hostile = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hostile = 2'>"
            + "<p id=styled style='color: red'>x</p><iframe src='/'></iframe>");
        new Image().src = "http://localhost:9/leak";
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hostile") is None
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    assert len(refused) >= 5 and all("Content Security Policy" in said or "404" in said for said in refused), refused
    page.close()
