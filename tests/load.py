"""Many clients at once on /api/ask of a server of its own, on this machine: python tests/load.py --help

Prints what was answered, failed, and how long it took. Each client asks its next question when it has the last answer.
"""

import argparse
import asyncio
import json
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from eval import questions  # noqa: E402


async def client(port: int, texts: list[str], until: float, times: list[float], failures: list[str]) -> None:
    """One client on one connection, in plain HTTP: a library would load the machine more than the server does."""
    draw = random.Random()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        body = json.dumps({"question": draw.choice(texts)}).encode()
        head = f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        started = time.perf_counter()
        writer.write(head.encode() + body)
        status = (await reader.readline()).split()[1].decode()
        length = 0
        while (line := await reader.readline()).strip():
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        await reader.readexactly(length)
        times.append(time.perf_counter() - started)
        if status != "200":
            failures.append(status)
    writer.close()


async def run(port: int, clients: int, seconds: float, distinct: int) -> None:
    texts = [item.question for item in questions.read(questions.OWN / "policies.jsonl")]
    texts = random.Random(1).sample(texts, min(distinct, len(texts)))
    times: list[float] = []
    failures: list[str] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, texts, until, times, failures) for _ in range(clients)))
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    print(f"{clients} clients, {seconds:.0f} s, {len(texts)} different questions")
    print(f"answered {len(times) - len(failures)}, failed {len(failures)}, {len(times) / seconds:.0f} a second")
    print(f"seconds: median {p50:.3f}, 95 % {p95:.3f}, 99 % {p99:.3f}, longest {max(times):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=int, default=500, help="how many different ones")
    chosen = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "app.py", "--port", str(port)], cwd=ROOT)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        asyncio.run(run(port, chosen.clients, chosen.seconds, chosen.questions))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
