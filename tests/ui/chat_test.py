"""The tab 问答 with a language model that takes its time."""

import threading

import pytest

from qa.chat import ChatConfig, Composer
from qa.understand import understand
from tests.qa.chat_test import CAP, RATE, Endpoint, event, send

pytestmark = pytest.mark.xdist_group("browser")
QUESTION = "青岛专利质押贷款贴息比例是多少?"


@pytest.fixture
def slow(site):
    """The site with a language model that sends its second sentence only when told to."""
    question = understand(QUESTION, site.served.index.tables.documents)
    hits = site.served.index.search(question.topic, 8, question.scope, question.language)
    (number,) = (n for n, hit in enumerate(hits, 1) if "贷款利息的50%" in hit.clause.text)
    first, second = threading.Event(), threading.Event()

    def reply(handler, endpoint):
        send(handler, "text/event-stream")
        first.wait(10)
        handler.wfile.write(event(RATE.format(n=number)) + event("\n"))
        second.wait(10)
        handler.wfile.write(event(CAP.format(n=number)) + b"data: [DONE]\n\n")

    endpoint = Endpoint(reply)
    site.served.chat = Composer.from_config(ChatConfig("m", base_url=endpoint.url))
    yield first, second, endpoint
    site.served.chat = None
    first.set()
    second.set()
    endpoint.server.shutdown()
    endpoint.server.server_close()


def test_each_sentence_is_shown_when_it_is_proven_also_after_a_reload(visit, slow):
    first, second, endpoint = slow
    page = visit()
    page.fill("#question textarea", QUESTION)
    page.dblclick("#ask")
    page.wait_for_selector(".turn > .busy")
    first.set()
    page.wait_for_selector(".answer.writing >> text=按贷款利息的50%")
    assert page.locator(".answer.writing .busy").is_visible() and not page.locator(".votes").count()
    page.fill("#question textarea", "下一个问题")  # can be typed while the answer is written
    page.wait_for_timeout(300)
    assert page.input_value("#question textarea") == "下一个问题"
    page.click("text=English")  # which loads the page anew
    page.wait_for_selector(".answer.writing >> text=按贷款利息的50%")
    page.locator(".answer.writing .chip").first.click()
    assert "50%" in page.inner_text("#pane mark")
    second.set()
    page.wait_for_selector(".answer.answered >> text=不超过20万元")
    assert page.locator(".turn").count() == 1 and len(endpoint.requests) == 1
    page.click("#clear")
    page.wait_for_selector("#conversation .empty")
