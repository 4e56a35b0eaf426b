"""Which addresses of the web may be read: rules over URLs, hosts, ports and IP addresses.

Pure. A URL is judged twice: first as it is written (Guard.address), then by the address that is really
connected to (Guard.admit, called by bot.intake.sockets for every connection, redirects included). The
second check is the one that holds; the first gives a clear word early and one spelling to every host.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote_to_bytes

from yarl import URL

LONGEST_URL = 8000
"""Characters: what servers take as a rule."""

# IANA's special-purpose registry, and what clouds answer on although it looks public
_NOT_PUBLIC_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind carriers' NAT; a cloud's metadata too
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own services
        "169.254.0.0/16",  # link-local, where clouds keep credentials
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 holds an IPv4 address
        "3fff::/20",  # documentation
    )
)
# what FETCH_ALLOW_PRIVATE opens; link-local and the like stay shut even then
_PRIVATE_4 = tuple(
    IPv4Network(net) for net in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_PRIVATE_6 = tuple(IPv6Network(net) for net in ("::1/128", "fc00::/7"))

_LOCAL_NAMES = frozenset(
    ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private")
)

# the Fetch standard's "bad ports" (fetch.spec.whatwg.org/#port-blocking), then databases, caches,
# queues and desks that answer to lines of text
NOT_WEB_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179),
        *(389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601),
        *(636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566),
        *(6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        *(445, 1433, 1521, 2181, 2375, 2376, 2379, 3306, 3389, 5432, 5672, 5900, 6379, 9042, 9092),
        *(9200, 9300, 11211, 27017),
    )
)

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://([^/?#]*)([^#]*)(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_FORMS = (
    (re.compile(r"0x([0-9a-f]*)"), 16),
    (re.compile(r"0([0-7]+)"), 8),
    (re.compile(r"(0|[1-9][0-9]*)"), 10),
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Forbidden(ValueError):
    """An address that is not read; the text says why in one line, without path, query or password."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in one spelling."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A lower-case ASCII name without a last dot, a dotted IPv4 or a bare IPv6 address."""
    port: int
    rest: str
    """Path and query, beginning with `/`."""

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """What is asked for: anything beyond ASCII percent-encoded."""
        return str(URL(self.origin + self.rest))


class Guard:
    """Judges addresses. allow_private opens loopback and private networks, for development and tests."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self.allow_private = allow_private

    def address(self, text: str) -> Address:
        """The address that a URL means. Raises Forbidden where it is none or may not be read."""
        scheme, authority, rest = _parts(text.strip(" \t\r\n"))
        if "@" in authority:
            raise Forbidden("an address with a user name or a password in it is not read")
        found = _AUTHORITY.fullmatch(authority)
        if not found or not found[1]:
            raise Forbidden("the address names no host")
        host = canonical_host(found[1])
        port = int(found[2]) if found[2] else _DEFAULT_PORTS[scheme]
        self._check(host, port)
        address = Address(scheme, host, port, rest if rest.startswith("/") else f"/{rest}")
        try:
            URL(address.url)
        except ValueError:
            raise Forbidden("the address is not well formed") from None
        return address

    def admit(self, host: str, port: int) -> None:
        """Lets a connection to an IP address pass, or raises Forbidden."""
        _check_port(port)
        try:
            address = ip_address(host)
        except ValueError:
            raise Forbidden("what is to be connected to is no IP address") from None
        # a zone id picks an interface of this machine
        if "%" in host or not self.allows(address):
            raise Forbidden(f"{host} is not a public address")

    def allows(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether it is public, or private where that is allowed."""
        if isinstance(address, IPv4Address):
            private = self.allow_private and any(address in net for net in _PRIVATE_4)
            return private or not any(address in net for net in _NOT_PUBLIC_4)
        if self.allow_private and any(address in net for net in _PRIVATE_6):
            return True
        return address in _PUBLIC_6 and not any(address in net for net in _NOT_PUBLIC_6)

    def _check(self, host: str, port: int) -> None:
        if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
            self.admit(host, port)
            return
        _check_port(port)
        local = "." not in host or host.rpartition(".")[2] in _LOCAL_NAMES or host.endswith(".home.arpa")
        if local and not self.allow_private:
            raise Forbidden(f"{host} is a name of a local network")


def _check_port(port: int) -> None:
    if port in NOT_WEB_PORTS or not 0 < port < 65536:
        raise Forbidden(f"port {port} is not one of the web's")


def _parts(text: str) -> tuple[str, str, str]:
    """Scheme, authority, path with query; refuses what readers of URLs disagree about."""
    if len(text) > LONGEST_URL:
        raise Forbidden(f"the address has more than {LONGEST_URL} characters")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise Forbidden("the address holds control characters")
    found = _URL.fullmatch(text)
    if not found or found[1].lower() not in _DEFAULT_PORTS:
        raise Forbidden("only http:// and https:// addresses are read")
    # browsers take a backslash for a slash, others for a part of the host
    if "\\" in found[2]:
        raise Forbidden("the address names no host")
    return found[1].lower(), found[2], found[3]


def canonical_host(text: str) -> str:
    """A host in one spelling, by the URL standard's host parser (url.spec.whatwg.org/#host-parsing).

    `0x7f.1`, `２１３０７０６４３３` and `127。0。0。1` all come out as 127.0.0.1, names in other
    scripts as their ASCII form. Stricter than the standard about the characters of a name.

    Raises Forbidden for what is no host.
    """
    if text.startswith("["):
        return _ipv6(text)
    name = _ascii_name(_decoded(text)).removesuffix(".")
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise Forbidden("the address names no host")
    return _ipv4(name) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _ipv6(text: str) -> str:
    try:
        if "%" in text:
            raise ValueError
        return str(IPv6Address(text[1:-1]))
    except ValueError:
        raise Forbidden("the address names no host") from None


def _decoded(text: str) -> str:
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        raise Forbidden("the address names no host") from None
    # full-width and circled letters become plain; the ideographic full stop alone is left over
    return unicodedata.normalize("NFKC", decoded).replace("\u3002", ".").lower()


def _ascii_name(name: str) -> str:
    if name.isascii():
        return name
    # some libraries read the digits of other scripts as numbers, where browsers see a name
    if name.replace(".", "").isdecimal():
        raise Forbidden("the address names no host")
    try:
        return URL.build(scheme="http", host=name).raw_host or ""
    except (ValueError, UnicodeError):
        raise Forbidden("the address names no host") from None


def _ipv4(name: str) -> str:
    """One to four numbers, decimal, octal or hexadecimal, the last of which fills what is left."""
    numbers = [_number(part) for part in name.split(".")]
    last = numbers.pop()
    if len(numbers) > 3 or any(number > 255 for number in numbers):
        raise Forbidden("the address names no host")
    if last >= 256 ** (4 - len(numbers)):
        raise Forbidden("the address names no host")
    upper = sum(number << (8 * (3 - place)) for place, number in enumerate(numbers))
    return str(IPv4Address(upper + last))


def _number(part: str) -> int:
    for form, base in _FORMS:
        if found := form.fullmatch(part):
            # "0x" alone is 0
            return int(found[1] or "0", base)
    raise Forbidden("the address names no host")
