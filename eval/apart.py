"""A step in a process of its own, so that its memory and its start are its own; and how long things take there."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


def apart(function: Callable[..., Any], *arguments: Any, one_thread: bool = False) -> Any:
    """What a function returns in a new process; libraries use one thread there if asked to."""
    before = dict(os.environ)
    os.environ.update(_ONE_THREAD if one_thread else {})
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(function, *arguments).result()
    finally:
        os.environ.clear()
        os.environ.update(before)


def peak() -> float | None:
    """The most memory that this process held, in megabytes; None where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    return int(status.split("VmHWM:")[1].split()[0]) / 1_024


def seconds(action: Callable[..., object], *given: object) -> float:
    started = time.perf_counter()
    action(*given)
    return time.perf_counter() - started


def milliseconds(action: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """How long each question takes: the best of three rounds, since a shared machine has other work too."""
    rounds = [[seconds(action, question) * 1_000 for question in asked] for _ in range(3)]
    return [min(times) for times in zip(*rounds, strict=True)]


def percentiles(milliseconds: Sequence[float], name: str = "") -> dict[str, float]:
    """The median and the 95 % percentile, as <name>p50_ms and <name>p95_ms."""
    return {f"{name}p{p}_ms": float(np.percentile(milliseconds, p)) for p in (50, 95)}
