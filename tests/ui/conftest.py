"""A server over a corpus of its own, and a browser."""

import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from api.served import Served
from corpus import collection
from index import encoder

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@dataclass
class Site:
    """A running server: where it is, what it serves and where it keeps feedback."""

    address: str
    served: Served
    feedback: Path


@contextmanager
def serving(folder, **settings):
    import app

    shutil.copytree(collection.SHIPPED, folder / "corpus")
    served = Served(folder / "corpus", folder / "index", encoder.load(None))
    application = app.server(served, app.Settings(feedback=folder / "feedback", **settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield Site(f"http://127.0.0.1:{port}", served, folder / "feedback")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("site"), largest_upload=1) as running:
        yield running


@pytest.fixture
def serve():
    """serve(folder, **settings) runs another server, as a context manager."""
    return serving


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("no chromium on the path, and REQUIRE_BROWSER is set")
        pytest.skip("no chromium on the path: the browser tests are left out")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, site):
    """visit("zh-CN", 1100) opens the page in a browser of that language and width. At the end no request has left the
    machine and no script has failed."""
    pages, asked, failed = [], [], []

    def open_page(language="zh-CN", width=1100):
        context = browser.new_context(locale=language, viewport={"width": width, "height": 1000}, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda sent: asked.append(sent.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(site.address)
        page.wait_for_selector("#conversation .empty")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not failed
    assert {url.split("/")[2] for url in asked if url.startswith(("http", "ws"))} <= {site.address.split("/")[2]}


@pytest.fixture
def ask():
    def call(page, text):
        before = page.locator(".turn").count()
        page.fill("#question textarea", text)
        page.click("#ask")
        turn = page.locator(".turn").nth(before)
        turn.locator(".answer, .note").first.wait_for()
        return turn

    return call


@pytest.fixture
def tab():
    def call(page, chinese, english):
        name = chinese if page.evaluate("document.documentElement.dataset.language") == "zh" else english
        page.get_by_role("tab", name=name, exact=True).click()

    return call
