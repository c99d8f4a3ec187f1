"""Who may use the server, and how often: users with hashed passwords in a file, and a limit for each of them."""

import base64
import binascii
import hashlib
import hmac
import math
import re
import secrets
import time
from pathlib import Path
from threading import Lock

from starlette.requests import Request

from corpus.types import UserError

_COST = {"n": 2**14, "r": 8, "p": 1}  # scrypt: 16 MiB and some 50 ms a password
_LINE = re.compile(r"([^:]+):((?:[0-9a-fA-F]{2}){8,}\$[0-9a-fA-F]{128})(?::(upload)?)?")  # name, salt$hash, right


class Refused(UserError):
    """A client that asks too often; `seconds` says when it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many questions; ask again in {seconds} s")
        self.seconds = seconds


def hash_password(password: str, salt: bytes | None = None) -> str:
    """salt$hash of a password by scrypt (RFC 7914), in hexadecimal."""
    salt = salt or secrets.token_bytes(16)
    return f"{salt.hex()}${hashlib.scrypt(password.encode(), salt=salt, **_COST).hex()}"


class Denied(UserError):
    """A caller without a right name and password."""


class Users:
    """The users of a file: a line each, `name:hash` or `name:hash:upload`, the last for those who may upload.

    Raises UserError naming file and line if it is wrong.
    """

    def __init__(self, path: Path) -> None:
        self._hashes: dict[str, str] = {}
        self._uploaders: set[str] = set()
        self._known: set[bytes] = set()  # proofs of pairs that were right, so that scrypt runs once for each
        self._key = secrets.token_bytes(32)
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{path}: cannot be read: {error}") from None
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            if not (match := _LINE.fullmatch(line.strip())):
                form = "is not name:hash or name:hash:upload; python app.py --hash-password makes the hash"
                raise UserError(f"{path}, line {number}: {form}")
            self._hashes[match[1]] = match[2]
            if match[3]:
                self._uploaders.add(match[1])
        if not self._hashes:
            raise UserError(f"{path}: names no user")

    def check(self, name: str, password: str) -> bool:
        """Whether the password is that user's; as slow for a name that does not exist."""
        proof = hmac.digest(self._key, f"{name}\0{password}".encode(errors="surrogatepass"), "sha256")
        if proof in self._known:
            return True
        known = self._hashes.get(name, hash_password(""))
        salt = bytes.fromhex(known.partition("$")[0])
        right = hmac.compare_digest(hash_password(password, salt), known) and name in self._hashes
        if right:
            self._known.add(proof)
        return right

    def of_header(self, header: str | None) -> str | None:
        """The user of an HTTP Basic header, None without a right one."""
        kind, _, value = (header or "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return name if self.check(name, password) else None

    def may_upload(self, name: str | None) -> bool:
        return name in self._uploaders


class Limiter:
    """Lets each client ask so often a minute, in bursts of a tenth of that. 0: no limit."""

    def __init__(self, a_minute: int) -> None:
        self.rate = a_minute / 60
        self.burst = max(a_minute / 10, 1.0)
        self._left: dict[str, tuple[float, float]] = {}  # tokens and when they were counted, by client
        self._lock = Lock()

    def take(self, client: str) -> None:
        """Count a question. Raises Refused if the client has none left."""
        if not self.rate:
            return
        now = time.monotonic()
        with self._lock:
            left, since = self._left.get(client, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.rate)
            if left < 1:
                raise Refused(math.ceil((1 - left) / self.rate))
            self._left[client] = (left - 1, now)
            if len(self._left) > 10_000:  # who has not asked for long has its full share again and need not be kept
                full = self.burst / self.rate
                self._left = {name: state for name, state in self._left.items() if now - state[1] < full}


def admit(request: Request, users: Users | None, limiter: Limiter) -> None:
    """Count a call. Raises Denied without a right name and password, Refused if it is one too many."""
    header = request.headers.get("authorization")
    user = users.of_header(header) if users else None
    if users and user is None:
        raise Denied("the name or the password is wrong" if header else "give name and password (HTTP Basic)")
    limiter.take(user or (request.client.host if request.client else ""))
