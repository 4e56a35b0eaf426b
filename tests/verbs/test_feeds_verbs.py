"""`mojaz feeds …` as an operator uses it: the program as a process, a site on this machine."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

MOJAZ = Path(sys.executable).with_name("mojaz")
ITEM = (
    "<item><title>{0}</title><guid>{0}</guid><description>"
    "قالت البلدية إن {0} بدأ صباح اليوم في الحي القديم وسط المدينة.</description></item>"
)
RSS = "<rss version='2.0'><channel><title>صحيفة الحي</title>{}</channel></rss>"


class Pages(BaseHTTPRequestHandler):
    """A feed, a page that names two, and nothing else."""

    pages: ClassVar[dict[str, str]] = {
        "/rss": RSS.format(ITEM.format("افتتاح السوق") + ITEM.format("ترميم الجسر")),
        "/two": "<html><head><link rel='alternate' type='application/rss+xml' href='/a.xml'>"
        "<link rel='alternate' type='application/rss+xml' href='/b.xml'></head></html>",
    }

    def do_GET(self) -> None:
        text = self.pages.get(self.path)
        self.send_response(200 if text else 404)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def feeds(
    folder: Path,
    *words: str,
    given: str = "",
    verb: str = "feeds",
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOJAZ, verb, *words],
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "FETCH_ALLOW_PRIVATE": "1"},
        preexec_fn=before,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory, site: str) -> Path:
    """A folder whose database holds one feed that was read."""
    folder = tmp_path_factory.mktemp("feeds")
    done = feeds(folder, "add", f"{site}/rss", "--json")
    [line] = lines(done)
    assert (line["status"], line["stored"], line["articles"]) == ("added", 2, 2), done.stderr
    assert done.returncode == 0
    return folder


def test_the_list_has_a_line_for_each_feed(newsroom: Path, site: str) -> None:
    [line] = lines(feeds(newsroom, "list", "--json"))
    assert line.pop("checked").endswith("Z")
    assert line == {
        "id": 1,
        "url": f"{site}/rss",
        "source": "صحيفة الحي",
        "articles": 2,
        "error": None,
    }
    assert "صحيفة الحي" in feeds(newsroom, "list").stdout


def test_a_feed_is_checked_by_its_id_or_with_all(newsroom: Path) -> None:
    for words in (("1",), ()):
        done = feeds(newsroom, "check", *words, "--json")
        [line] = lines(done)
        assert (line["stored"], line["error"], done.returncode) == (0, None, 0)


def test_what_is_known_is_told(newsroom: Path, site: str) -> None:
    done = feeds(newsroom, "add", f"{site}/rss", "--json")
    assert ([line["status"] for line in lines(done)], done.returncode) == (["known"], 0)


def test_what_is_no_feed_is_refused_in_one_line(tmp_path: Path, site: str) -> None:
    done = feeds(tmp_path, "add", f"{site}/none?key=secret", "ftp://127.0.0.1/x")
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (1, 2, "")
    assert "(404)" in done.stderr
    assert "secret" not in done.stderr
    assert lines(feeds(tmp_path, "list", "--json")) == []


def test_a_page_of_several_feeds_names_them(tmp_path: Path, site: str) -> None:
    done = feeds(tmp_path, "add", f"{site}/two", "--json")
    [line] = lines(done)
    assert (line["status"], line["offers"]) == ("offers", [f"{site}/a.xml", f"{site}/b.xml"])
    assert done.returncode == 1


def test_an_unknown_id_is_named_and_nothing_else_stops(tmp_path: Path) -> None:
    for verb in ("remove", "check"):
        done = feeds(tmp_path, verb, "7")
        assert (done.returncode, done.stderr) == (1, "no such feed: 7\n")


def test_a_list_goes_in_and_out(tmp_path: Path, site: str) -> None:
    opml = f"<opml><body><outline text='أ' xmlUrl='{site}/rss'/><outline xmlUrl='x:y'/></body></opml>"
    done = feeds(tmp_path, "import", "-", "--json", given=opml)
    assert [line["status"] for line in lines(done)] == ["added", "refused"]
    assert done.returncode == 1
    assert feeds(tmp_path, "export", "out.opml").stdout == "1 feeds in out.opml\n"
    assert f'xmlUrl="{site}/rss"' in (tmp_path / "out.opml").read_text(encoding="utf-8")
    assert feeds(tmp_path, "export").stdout == (tmp_path / "out.opml").read_text(encoding="utf-8")
    assert feeds(tmp_path, "remove", "1").returncode == 0
    assert lines(feeds(tmp_path, "list", "--json")) == []


def small_files_alone() -> None:
    """As on a full disk; Python passes over the signal that the system sends then."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_list_that_does_not_fit_leaves_what_was_there(tmp_path: Path) -> None:
    outlines = "".join(f"<outline xmlUrl='http://127.0.0.1/{n:0200}'/>" for n in range(150))
    assert feeds(tmp_path, "import", "-", given=f"<opml><body>{outlines}</body></opml>").returncode == 0
    (tmp_path / "out.opml").write_text("older")
    there = sorted(tmp_path.iterdir())
    done = feeds(tmp_path, "export", "out.opml", before=small_files_alone)
    assert (done.returncode, done.stderr) == (1, "out.opml: File too large\n")
    assert (tmp_path / "out.opml").read_text() == "older"
    assert sorted(tmp_path.iterdir()) == there


def test_a_list_is_written_to_a_pipe_and_not_in_its_place(newsroom: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        assert feeds(newsroom, "export", str(pipe)).returncode == 0
        assert pipe.is_fifo()
        assert b"<opml" in reader.read()


def test_a_list_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_text("no list")
    for name in ("a.opml", "missing.opml"):
        done = feeds(tmp_path, "import", name)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert done.stderr.startswith(name)


def test_the_ready_list_is_added_and_nothing_of_it_is_read(tmp_path: Path) -> None:
    first = lines(feeds(tmp_path, "starter", "--json"))
    assert {line["status"] for line in first} == {"added"}
    assert {line["status"] for line in lines(feeds(tmp_path, "starter", "--json"))} == {"known"}
    listed = lines(feeds(tmp_path, "list", "--json"))
    assert (len(listed), {line["checked"] for line in listed}) == (len(first), {None})


def test_an_ingested_list_adds_its_feeds_in_the_form_of_ingest(tmp_path: Path, site: str) -> None:
    opml = f"<opml><body><outline text='أ' xmlUrl='{site}/rss'/><outline xmlUrl='x:y'/></body></opml>"
    (tmp_path / "a.opml").write_text(opml, encoding="utf-8")
    for status in ("stored", "known"):
        done = feeds(tmp_path, "a.opml", "--json", verb="ingest")
        first, second = lines(done)
        assert first == {"line": 1, "status": status, "id": 1, "title": "أ", "reason": None}
        assert (second["line"], second["status"], done.returncode) == (2, "refused", 1)
        assert second["reason"]
    [held] = lines(feeds(tmp_path, "list", "--json"))
    assert (held["url"], held["checked"]) == (f"{site}/rss", None)
