"""The guard, asked in process: nothing here connects to anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.guard import Forbidden, Guard, canonical_host
from bot.intake.sockets import Refused, guarded

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.9.8",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.251",
    "255.255.255.255",
]
FULL_WIDTH = str.maketrans("0123456789.xabcdef", "０１２３４５６７８９．ｘａｂｃｄｅｆ")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")


def dotted_forms(ip: str) -> Iterator[str]:
    """Spellings of an IPv4 address that browsers or resolvers read as that address."""
    a, b, c, d = (int(part) for part in ip.split("."))
    whole = int(IPv4Address(ip))
    yield ip
    yield f"{ip}."
    yield f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"
    yield f"000{a:o}.00{b:o}.0{c:o}.0000{d:o}"
    yield f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"
    yield f"0X{a:02X}.0X{b:02X}.0X{c:02X}.0X{d:02X}"
    yield f"0x{a:x}.{b}.0{c:o}.{d}"
    yield f"{a}.{b}.{c << 8 | d}"
    yield f"{a}.0x{whole & 0xFFFFFF:x}"
    yield f"{a}.{whole & 0xFFFFFF}"
    yield str(whole)
    yield f"0x{whole:x}"
    yield f"0x00000000{whole:x}"
    yield f"0{whole:o}"
    yield f"{whole}."
    yield quote(ip).replace("1", "%31").replace("2", "%32").replace(".", "%2e")
    yield "".join(f"%{ord(sign):02X}" for sign in f"0x{whole:x}")
    yield ip.translate(FULL_WIDTH)
    yield str(whole).translate(FULL_WIDTH)
    yield quote(f"0x{whole:x}".translate(FULL_WIDTH))
    yield ip.translate(BOLD)
    yield ip.replace(".", "。")
    yield ip.replace(".", "｡")
    yield quote(ip.replace(".", "．"))


def embedding_forms(ip: str) -> Iterator[str]:
    """IPv6 addresses that lead to an IPv4 address, or claim to."""
    whole = int(IPv4Address(ip))
    high, low = whole >> 16, whole & 0xFFFF
    yield f"[::ffff:{ip}]"
    yield f"[::ffff:{high:x}:{low:x}]"
    yield f"[0:0:0:0:0:FFFF:{ip}]"
    yield f"[::{ip}]"
    yield f"[::{high:x}:{low:x}]"
    yield f"[::ffff:0:{ip}]"
    yield f"[64:ff9b::{ip}]"
    yield f"[64:ff9b:1::{high:x}:{low:x}]"
    yield f"[2002:{high:x}:{low:x}::1]"
    yield f"[2001:0:4136:e378:8000:63bf:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}]"
    yield f"[fe80::5efe:{ip}]"
    yield f"[::ffff:{ip}%25lo]"


OTHERS = [
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::0.0.0.1]"),
    *("[fe80::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[febf::1]", "[fec0::1]", "[::1%251]"),
    *("[fc00::1]", "[fd00:ec2::254]", "[fdff::]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[5f00::1]"),
    *("[2001:db8::1]", "[2001:2::1]", "[2001:10::1]", "[2001:20::1]", "[2001:1ff:ffff::1]", "[3fff::1]"),
    *("[3fff:fff::1]", "[4000::1]", "[1::1]", "[fe80::1%25]", "[v1.a]", "[]", "[::1", "::1", "[[::1]]"),
    *("[1.2.3.4]", "[::1.2.3]", "[127.0.0.1]", "[2606:4700::1%25eth0]", "[２606:4700::1]"),
    *("localhost", "LOCALHOST", "localhost.", "LocalHost.LocalDomain", "a.localhost", "localhost%2e"),
    *("ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "local%68ost", "printer.local", "nas.lan", "wiki.corp", "db"),
    *(
        "metadata",
        "metadata.google.internal",
        "router.home",
        "router.home.arpa",
        "kubernetes",
    ),
    *(
        "127.1",
        "127.0.1",
        "0",
        "0x",
        "0x0",
        "00",
        "0.0",
        "1.2.3.4.5",
        "256.1.1.1",
        "127.0.0.08",
        "10.2.3.0x",
    ),
    *(
        "4294967296",
        "0x100000000",
        "127.0.0.1..",
        ".127.0.0.1",
        "127..0.1",
        "127.0.0.1%00",
        "127.0.0.1%20",
    ),
    *("127.0.0.1%23.example.com", "127.0.0.1%2f", "example.com%40127.0.0.1", "a b.com", "a%0d%0ab.com"),
    *("١٢٧.٠.٠.١", "۱۲۷.۰.۰.۱", "127.0.0.1\u00ad", "127.0.0.\u200b1", "exa\u200bmple.com", "a_%ff.com"),
    *("-a.com", "a..com", "", ".", "%", "%2e", "a" * 64 + ".com", "a." * 130 + "com", "xn--a.1"),
    *("example.com:22", "example.com:25", "example.com:6379", "example.com:0", "example.com:65536"),
    *("example.com:٨٠", "example.com:-1", "example.com:80:80", "93.184.215.14:11211"),
    *(
        "user@example.com",
        "user:secret@example.com",
        "example.com@127.0.0.1",
        "@127.0.0.1",
        "a\\@127.0.0.1",
    ),
    *("127.0.0.1\\.example.com", "127.0.0.1\t", "exam\nple.com", "example.com\\"),
]
SPELLINGS = sorted(
    {form for ip in PRIVATE for form in (*dotted_forms(ip), *embedding_forms(ip))} | set(OTHERS)
)


def test_at_least_five_hundred_spellings_are_tried() -> None:
    assert len(SPELLINGS) >= 500


@pytest.mark.parametrize("scheme", ["http", "HTTPS"])
def test_no_spelling_of_a_private_address_passes(scheme: str) -> None:
    passed = []
    for spelling in SPELLINGS:
        try:
            Guard().address(f"{scheme}://{spelling}/latest/meta-data")
        except Forbidden:
            continue
        passed.append(spelling)
    assert passed == []


@pytest.mark.parametrize("ip", PRIVATE)
def test_spellings_are_refused_for_what_they_mean(ip: str) -> None:
    assert {canonical_host(form) for form in dotted_forms(ip)} == {ip}


@pytest.mark.parametrize("ip", PRIVATE)
def test_the_socket_factory_refuses_what_the_guard_refuses(ip: str) -> None:
    make = guarded(Guard())
    embedded = [
        form.strip("[]") for form in embedding_forms(ip) if "%" not in form and "ffff:0:" not in form
    ]
    with pytest.raises(Refused, match="not a public address"):
        make((socket.AF_INET, socket.SOCK_STREAM, 0, "", (ip, 80)))
    for address in embedded:
        with pytest.raises(Refused, match="not a public address"):
            make((socket.AF_INET6, socket.SOCK_STREAM, 0, "", (address, 80, 0, 0)))


@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_UNIX, ("/run/some.sock", 80)),
        (socket.AF_INET6, ("2606:4700::1111", 80, 0, 3)),
        (socket.AF_INET6, ("fe80::1%eth0", 80, 0, 0)),
        (socket.AF_INET, ("93.184.215.14", 22)),
        (socket.AF_INET, ("2130706433", 80)),
        (socket.AF_INET, ("localhost", 80)),
        (socket.AF_INET, ("", 80)),
    ],
)
def test_the_socket_factory_takes_plain_public_addresses_alone(
    family: int, address: tuple[object, ...]
) -> None:
    with pytest.raises(Refused):
        guarded(Guard())((family, socket.SOCK_STREAM, 0, "", address))


def test_a_public_address_gets_a_socket_that_is_not_yet_connected() -> None:
    made = guarded(Guard())((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.215.14", 443)))
    with made, pytest.raises(OSError, match="not connected"):
        made.getpeername()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTP://Example.COM", "http://example.com/"),
        (" https://example.com:443/a?b=c#d ", "https://example.com/a?b=c"),
        ("http://example.com:8080?q", "http://example.com:8080/?q"),
        ("https://example.com./x", "https://example.com/x"),
        ("http://0x5db8d70e/", "http://93.184.215.14/"),
        ("http://93.184.55054/", "http://93.184.215.14/"),
        ("http://[2606:4700:0:0::1111]:8443/", "http://[2606:4700::1111]:8443/"),
        (
            "https://مثال.إختبار/خبر?ع=١",
            "https://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1?%D8%B9=%D9%A1",
        ),
        ("https://example.com/a%2Fb%20c d", "https://example.com/a%2Fb%20c%20d"),
        ("https://a.example/?next=http://127.0.0.1@x", "https://a.example/?next=http://127.0.0.1@x"),
    ],
)
def test_public_addresses_pass_in_one_spelling(text: str, url: str) -> None:
    assert Guard().address(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ftp://a.example/",
            "file:///etc/passwd",
            "gopher://a.example",
            "javascript:alert(1)",
            "data:,x",
        ),
        *(
            "http:a.example",
            "http:/a.example",
            "http:///a.example",
            "//a.example",
            "",
            "http://",
            "http",
        ),
        *(
            "http://a.example/" + "x" * 8000,
            "http://a.example/a\r\nb",
            "http://\ud800.com",
            "\0",
            "ws://a.b",
        ),
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(Forbidden):
        Guard().address(text)


def test_no_refusal_repeats_a_password_or_a_query() -> None:
    with pytest.raises(Forbidden) as refusal:
        Guard().address("http://reader:hunter2@127.0.0.1/feed?key=s3cret")
    assert not {"hunter2", "s3cret", "reader"} & set(str(refusal.value).replace("/", " ").split())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.5", "localhost", "db", "[fd00::1]"]
)
def test_private_addresses_pass_where_they_are_allowed(host: str) -> None:
    assert Guard(allow_private=True).address(f"http://{host}:8080/").port == 8080


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "[::ffff:127.0.0.1]", "[fe80::1]", "0.0.0.0", "100.100.100.200", "[::]"]
)
def test_even_then_the_rest_stays_shut(host: str) -> None:
    with pytest.raises(Forbidden):
        Guard(allow_private=True).address(f"http://{host}/")


@given(st.integers(0, 2**32 - 1))
def test_the_standard_library_finds_nothing_private_that_passes(number: int) -> None:
    address = IPv4Address(number)
    assert address.is_global or not Guard().allows(address)


@given(st.integers(0, 2**128 - 1) | st.integers(0, 2**40))
def test_only_global_unicast_of_ipv6_passes(number: int) -> None:
    address = IPv6Address(number)
    assert not Guard().allows(address) or (address.is_global and number >> 125 == 1)


@given(st.text(max_size=40))
def test_any_host_is_refused_or_comes_out_plain(text: str) -> None:
    try:
        host = Guard().address(f"http://{text}/").host
    except Forbidden:
        return
    assert host.isascii()
    assert canonical_host(f"[{host}]" if ":" in host else host) == host
