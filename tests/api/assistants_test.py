"""The tools for assistants, called as the protocol says (JSON-RPC over HTTP)."""

import json

import pytest
from fastapi.testclient import TestClient

from api.access import Limiter, Users, hash_password
from api.assistants import tools

KIND = {"accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def assistant(served):
    with TestClient(tools(served, None, Limiter(0), "127.0.0.1"), base_url="http://127.0.0.1:7860") as client:
        yield client


def call(client, method, **parameters):
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    answer = client.post("/mcp", json=body, headers=KIND)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def use(client, tool, **arguments):
    result = call(client, "tools/call", name=tool, arguments=arguments)
    said = result["content"][0]["text"]
    return said if result.get("isError") else json.loads(said)


def test_the_tools_say_what_they_take(assistant):
    found = {tool["name"]: tool for tool in call(assistant, "tools/list")["tools"]}
    assert set(found) == {"ask", "search", "compare"}
    assert found["ask"]["inputSchema"]["required"] == ["question"]


def test_ask_search_and_compare(assistant):
    assert "50%" in use(assistant, "ask", question="青岛补多少利息?")["answer"]
    assert len(use(assistant, "search", query="贴息", k=3)["hits"]) == 3
    cells = use(assistant, "compare", topic="贴息比例", city=["深圳", "青岛"])["cells"]
    assert [cell["state"] for cell in cells] == ["not_in_corpus", "provided"]


def test_a_wrong_argument_is_said(assistant):
    assert "Atlantis" in use(assistant, "ask", question="贴息", city=["Atlantis"])


def test_users_are_asked_for_their_password(served, tmp_path):
    (tmp_path / "users").write_text(f"li:{hash_password('two')}\n", encoding="utf-8")
    app = tools(served, Users(tmp_path / "users"), Limiter(0), "127.0.0.1")
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        assert client.post("/mcp", json={}).json() == {"error": "give name and password (HTTP Basic)"}
        client.auth = ("li", "two")
        assert call(client, "tools/list")["tools"]
