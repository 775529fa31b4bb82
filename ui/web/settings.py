"""What stands under [web] in minutebook.toml: where the page listens, who may use it, and how often.

    [web]
    host = "127.0.0.1"
    port = 7860
    root_path = ""                          # the path under which a proxy serves the page: "/minutes"
    allowed_hosts = []                      # names by which it is reached: "minutes.example.org"
    trusted_proxies = ["127.0.0.1", "::1"]  # addresses or networks of proxies whose word is taken
    trusted_header = ""                     # where they name who has signed in: "X-Remote-User"
    requests_per_minute = 600               # from one address, in the long run; 0 for no limit
    requests_at_once = 200                  # from one address, after a pause
    session_days = 14                       # how long a sign-in by password holds

    [web.users]                             # these sign in by password; not together with trusted_header
    fenn = "$argon2id$…"                    # made by: minutebook web hash-password

The secret that signs sessions stands in the environment only (MINUTEBOOK_WEB__SECRET); without it, one is
made and kept in the data directory.
"""

import re
from ipaddress import ip_network
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
#: What a header may be called (RFC 9110, without what proxies mistake for a dash).
_HEADER = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
#: A secret of fewer characters could be guessed.
SHORTEST_SECRET = 32


def checked_root_path(path: str) -> str:
    """Return the path of a proxy without the slash at its end.

    Raises:
        ValueError: it is no path.
    """
    stripped = path.rstrip("/")
    if not _PATH.fullmatch(stripped) or re.search(r"/\.\.?(/|$)", stripped):
        raise ValueError(f"{path!r} is no path; write it like /minutes, with a slash at its beginning")
    return stripped


def _allowed_host(host: str) -> str:
    name = host.casefold()
    if not _HOST.fullmatch(name):
        raise ValueError(f"{host!r} is no host; write it like minutes.example.org, without port and /")
    return name


def _network(network: str) -> str:
    try:
        read = ip_network(network, strict=False)
    except ValueError as error:
        raise ValueError(f"{network!r} is no address; write it like 10.0.0.5 or 10.0.0.0/24") from error
    if not read.prefixlen:
        raise ValueError(f"{network} is everybody; name the proxies")
    return str(read)


def _header(name: str) -> str:
    if name and not _HEADER.fullmatch(name):
        raise ValueError(f"{name!r} is no header; write it like X-Remote-User")
    return name


def _user(name: str) -> str:
    if not name or name != name.strip() or not name.isprintable() or len(name) > 100:
        raise ValueError("a name has 1 to 100 letters in one line and no blank at its ends")
    return name


def _password_hash(value: str) -> str:
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError

    try:
        extract_parameters(value)
    except InvalidHashError as error:
        raise ValueError("no hash of a password; make one with: minutebook web hash-password") from error
    return value


def _secret(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"a secret has {SHORTEST_SECRET} characters or more; remove it, and one is made")
    return secret


class WebSettings(BaseModel):
    """Where the web page listens, who may use it, and how often.

    `root_path` is the path under which a proxy serves it, without a slash at its end. Bound to this machine
    only, the page answers to `allowed_hosts`, to addresses and to localhost, and to no other name.

    What `trusted_proxies` (addresses or networks) say of who asks is believed: X-Forwarded-For,
    X-Forwarded-Proto, and the name of the person in `trusted_header` if that is set. Instead, `users` may map
    names to hashes of passwords; they sign in on a page of Minutebook, for `session_days`. With neither,
    everybody who reaches the page may use it.

    From one address, `requests_per_minute` are answered on the long run, `requests_at_once` after a pause; 0
    requests a minute are no limit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65_535)
    root_path: Annotated[str, AfterValidator(checked_root_path)] = ""
    allowed_hosts: tuple[Annotated[str, AfterValidator(_allowed_host)], ...] = ()
    trusted_proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = ("127.0.0.1/32", "::1/128")
    trusted_header: Annotated[str, AfterValidator(_header)] = ""
    users: dict[Annotated[str, AfterValidator(_user)], Annotated[str, AfterValidator(_password_hash)]] = {}
    secret: Annotated[SecretStr, AfterValidator(_secret)] = SecretStr("")
    session_days: int = Field(default=14, ge=1, le=365)
    requests_per_minute: int = Field(default=600, ge=0, le=1_000_000)
    requests_at_once: int = Field(default=200, ge=1, le=1_000_000)

    @property
    def needs_sign_in(self) -> bool:
        """Whether only those who have signed in may use the page."""
        return bool(self.users or self.trusted_header)

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.users and self.trusted_header:
            raise ValueError("people sign in either as users or by trusted_header; remove one of them")
        if self.trusted_header and not self.trusted_proxies:
            raise ValueError("trusted_header needs trusted_proxies, whose word is taken")
        return self
