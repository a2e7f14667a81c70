"""The desk in a real browser: every view, hostile articles, the keyboard, and no request beyond this machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium was found: apt-get install chromium")
ROOT = Path(__file__).parents[2]
EVENTS = int(os.environ.get("QUIDNUNC_DESK_EVENTS", "20000"))
VIEWS = ("/", "/search?source=NOR", "/world", "/dyad?a=NOR&b=KEN", "/dyad?a=USA&b=CHN&c=USA&d=RUS", "/stories", "/story/3fa9c2d1", "/article/3fa9c2d1", "/article/bad0bad0", "/inbox")  # fmt: skip


def served(path: Path) -> Iterator[str]:
    import socket

    import uvicorn

    from quidnunc.web import make_app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(str(path)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/#"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def small(database: Path) -> Iterator[str]:
    yield from served(database)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("synthetic_store", ROOT / "benchmarks" / "synthetic_store.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("large") / "large.db"
    module.fill(str(path), EVENTS)
    yield from served(path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[("light", 1440), ("dark", 390)], ids=["wide", "phone"])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(("http://127.0.0.1", "data:")) else page.faults.append(one.url))  # fmt: skip
    yield page
    context.close()


def opened(page: Any, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_without_a_fault(page: Any, small: str, view: str) -> None:
    opened(page, small + view)
    assert page.faults == []
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator("main img, main script").count() == 0
    assert page.locator(".failed").count() == 0


def test_views_hold_many_events(page: Any, large: str) -> None:
    for view in ("/world", "/dyad?a=USA&b=CHN", "/search?source=USA", "/stories"):
        opened(page, large + view)
        assert page.faults == []
        assert page.locator(".failed").count() == 0
    opened(page, large + "/search?source=USA")
    assert page.locator(".line").count() == 50


def test_a_coder_needs_only_the_keyboard(page: Any, small: str) -> None:
    opened(page, small + "/article/3fa9c2d1")
    assert "patrol boats" in page.locator("mark.here").all_inner_texts()[0] or page.locator("mark.here").count() > 1
    page.keyboard.press("j")
    assert page.locator(".card").nth(1).get_attribute("class").split().count("on") == 1
    page.keyboard.press("r")
    page.wait_for_selector(".card:nth-child(2).v-reject")
    page.keyboard.press("k")
    page.keyboard.press("e")
    page.wait_for_selector(".edit")
    page.select_option('.edit [name="status"]', "planned")
    page.click(".edit button:not([type])")
    page.wait_for_selector(".card:first-child.v-edit")
    assert page.faults == []


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(browser: Any, small: str, view: str) -> None:
    axe = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not there: npm ci in web/")
    context = browser.new_context(color_scheme="dark" if len(view) % 2 else "light")
    page = context.new_page()
    opened(page, small + view)
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    context.close()
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_page_is_handed_in_and_read(page: Any, small: str) -> None:
    opened(page, small + "/inbox")
    page.fill(
        "textarea", "Serbia thanks Norway\n\nBELGRADE, 4 June 2024 - Serbia thanked Norway for its aid on Tuesday."
    )
    page.click(".paste button")
    page.wait_for_selector(".jobs .done a", timeout=30_000)
    page.click(".jobs .done a")
    page.wait_for_selector("article h1")
    assert page.faults == []
