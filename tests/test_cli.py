"""The command line as a user meets it: the program as a process, real files, real exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pace import slowness

ROOT = Path(__file__).parent.parent
MOJAZ = Path(sys.executable).with_name("mojaz")
TOKEN = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

CROSSING = {
    "title": "سوريا تعيد فتح معبر حدودي مع الأردن",
    "text": "أعادت سوريا صباح اليوم فتح معبر حدودي مع الأردن بعد صيانة دامت أسبوعين.\n"
    "وقالت إدارة المعبر إن مئتي شاحنة عبرت في الساعات الأولى.",
    "url": "https://news.example/crossing",
    "source": "وكالة",
    "published": "2026-11-20T08:00:00+02:00",
}
BANK = {
    "title": "البنك المركزي المصري يثبت الفائدة",
    "text": "قرر البنك المركزي المصري تثبيت أسعار الفائدة في اجتماعه يوم الخميس.",
    "published": 1763712000,
}


def mojaz(
    folder: Path, *words: str, given: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOJAZ, *words],
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database holds two articles."""
    folder = tmp_path_factory.mktemp("newsroom")
    records = "\n".join(json.dumps(record, ensure_ascii=False) for record in (CROSSING, BANK))
    (folder / "news.jsonl").write_text(records, encoding="utf-8")
    done = mojaz(folder, "ingest", "news.jsonl", "--json")
    assert [line["status"] for line in lines(done)] == ["stored", "stored"], done.stderr
    return folder


def test_help_answers_in_under_half_a_second(tmp_path: Path) -> None:
    # of processor time: other tests run beside this one
    spent = []
    for _ in range(3):
        before = os.times()
        assert mojaz(tmp_path, "--help").returncode == 0
        after = os.times()
        spent.append(sum(after[2:4]) - sum(before[2:4]))
    assert 0 < min(spent) < 0.5 * slowness()


def test_every_verb_has_its_own_help(tmp_path: Path) -> None:
    listed = mojaz(tmp_path, "--help").stdout
    verbs = re.findall(r"^│ ([a-z]+)  ", listed, re.MULTILINE)
    assert len(verbs) >= 12
    for verb in verbs:
        assert mojaz(tmp_path, verb, "--help").returncode == 0


def test_known_records_are_told_as_known(newsroom: Path) -> None:
    done = mojaz(newsroom, "ingest", "news.jsonl", "--json")
    assert [line["status"] for line in lines(done)] == ["known", "known"]
    assert done.returncode == 0


def test_a_bad_record_is_refused_by_line_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "mixed.jsonl").write_text('{"title": 5}\nno json\n{"text": "خبر قصير من سطر واحد."}\n')
    done = mojaz(tmp_path, "ingest", "mixed.jsonl", "--json")
    assert [(line["line"], line["status"]) for line in lines(done)] == [
        (1, "refused"),
        (2, "refused"),
        (3, "stored"),
    ]
    assert done.returncode == 1


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    done = mojaz(tmp_path, "ingest", "nowhere.txt")
    assert (done.returncode, done.stderr) == (1, "nowhere.txt: No such file or directory\n")


def test_a_file_that_is_no_text_is_refused_in_the_form_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (refused,) = lines(mojaz(tmp_path, "ingest", "picture.png", "--json"))
    assert set(refused) == {"line", "status", "id", "title", "reason"}
    assert (refused["line"], refused["status"]) == (0, "refused")
    assert refused["reason"].startswith("picture.png: the document is no text")


@pytest.mark.parametrize("name", ["سوريا", "سورية", "syria", "Syrie"])
def test_a_topic_is_found_by_each_of_its_names(newsroom: Path, name: str) -> None:
    (found,) = lines(mojaz(newsroom, "topic", name, "--json"))
    assert found["title"] == CROSSING["title"]
    assert found["published"] == "2026-11-20T06:00:00Z"
    assert set(found) == {"id", "title", "url", "source", "published", "story", "topics", "summary"}


def test_a_word_of_the_texts_is_no_slip_of_a_name(newsroom: Path) -> None:
    done = mojaz(newsroom, "topic", "اجتماعه", "--json")
    assert [found["title"] for found in lines(done)] == [BANK["title"]]
    assert "searched in the texts" in done.stderr


def test_a_name_that_is_no_topic_but_a_sources_gives_its_articles(newsroom: Path) -> None:
    done = mojaz(newsroom, "topic", "وكاله", "--json")
    assert [found["source"] for found in lines(done)] == ["وكالة"]
    assert "the source 'وكالة'" in done.stderr


def test_a_search_finds_words_with_their_particles(newsroom: Path) -> None:
    (found,) = lines(mojaz(newsroom, "search", "شاحنة", "--json"))
    assert found["url"] == CROSSING["url"]


def test_a_search_leaves_words_out(newsroom: Path) -> None:
    assert lines(mojaz(newsroom, "search", "معبر", "-شاحنة", "--json")) == []


def test_lists_are_newest_first_and_as_long_as_asked(newsroom: Path) -> None:
    every = lines(mojaz(newsroom, "latest", "--json", "--limit", "0"))
    assert [article["title"] for article in every] == [CROSSING["title"], BANK["title"]]
    assert len(lines(mojaz(newsroom, "latest", "--json", "--limit", "1"))) == 1


def test_a_list_that_is_longer_than_any_is_refused(newsroom: Path) -> None:
    done = mojaz(newsroom, "latest", "--limit", str(2**63))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--limit'" in done.stderr


def test_stories_name_their_articles(newsroom: Path) -> None:
    first = lines(mojaz(newsroom, "stories", "--json"))[0]
    assert first["urls"] == [CROSSING["url"]]
    assert first["story"] not in first["articles"]


def test_summarize_answers_each_line_in_order(tmp_path: Path) -> None:
    given = json.dumps({"text": CROSSING["text"], "sentences": 1}) + '\n{"no": "text"}\n'
    done = mojaz(tmp_path, "summarize", "--json", given=given)
    first, second = lines(done)
    assert first["sentences"] == [str(CROSSING["text"]).partition("\n")[0]]
    assert "line 2" in second["error"]
    assert done.returncode == 1


def test_summarize_tells_faults_by_their_lines_in_the_file(tmp_path: Path) -> None:
    done = mojaz(
        tmp_path, "summarize", "--json", given='{"text": "جملة واحدة."}\n\n{"title": "لا نص"}\n'
    )
    first, second = lines(done)
    assert first == {"sentences": ["جملة واحدة."]}
    assert second["error"].startswith("line 3: ")
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("name", "charset", "form"),
    [("a.txt", "cp1256", "{}"), ("a.txt", "utf-16", "{}"), ("a.html", "utf-8", "<p>{}</p><p>{}</p>")],
)
def test_summarize_reads_what_ingest_reads(tmp_path: Path, name: str, charset: str, form: str) -> None:
    text = "افتتحت البلدية صباح اليوم مكتبة عامة في وسط المدينة بعد أعمال دامت عاما."
    page = form.format(text, "وقال رئيس البلدية إن المكتبة تضم عشرين ألف كتاب وقاعة للأطفال.")
    (tmp_path / name).write_bytes(page.encode(charset))
    done = mojaz(tmp_path, "summarize", name)
    assert (done.stdout.splitlines()[0], done.returncode) == (text, 0)


def test_a_backup_holds_everything(newsroom: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert mojaz(newsroom, "backup", str(copy)).returncode == 0
    there = mojaz(tmp_path, "latest", "--json", DATABASE_URL=f"sqlite:///{copy}")
    assert len(lines(there)) == 2


def test_check_is_content_with_a_sound_setup(newsroom: Path) -> None:
    assert mojaz(newsroom, "check", BOT_TOKEN=TOKEN).returncode == 0


def test_check_has_a_line_for_each_fault(tmp_path: Path) -> None:
    done = mojaz(tmp_path, "check", LANGUAGE="fr", TIMEZONE="Mars")
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["TIMEZONE", "LANGUAGE"]


def test_check_names_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database at all, only a note" * 50)
    done = mojaz(tmp_path, "check", DATABASE_URL="sqlite:///notes.db")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("DATABASE_URL: 'sqlite:///notes.db' cannot be used (")
    assert "Traceback" not in done.stderr


def test_a_backup_of_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    done = mojaz(tmp_path, "backup", "copy.db", DATABASE_URL="sqlite:///elsewhere/mojaz.db")
    said = done.stdout + done.stderr
    assert (done.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("DATABASE_URL: 'sqlite:///elsewhere/mojaz.db': no database there (")
    assert f"{tmp_path}/elsewhere/mojaz.db" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["check"], ["latest", "--json"], ["stories"]])
def test_a_database_still_to_be_made_is_sound_and_empty(tmp_path: Path, words: list[str]) -> None:
    done = mojaz(tmp_path, *words, DATABASE_URL="sqlite:///elsewhere/mojaz.db")
    assert (done.returncode, done.stdout, done.stderr) == (0, "sound\n" * (words == ["check"]), "")


@pytest.mark.parametrize("verb", ["run", "latest"])
def test_a_wrong_value_stops_the_start_with_its_line(tmp_path: Path, verb: str) -> None:
    done = mojaz(tmp_path, verb, DIGEST_TIME="25:00")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("DIGEST_TIME: '25:00'")


def test_a_secret_in_the_wrong_place_is_not_shown(tmp_path: Path) -> None:
    done = mojaz(tmp_path, "run", ADMIN_IDS=TOKEN, BOT_TOKEN=TOKEN)
    assert TOKEN not in done.stdout + done.stderr


def test_the_file_in_the_working_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SEND_RATE=fast\n")
    assert mojaz(tmp_path, "check").stdout.startswith("SEND_RATE: 'fast'")


@pytest.mark.parametrize(("verb", "code"), [("run", 2), ("check", 1)])
def test_a_broken_line_of_that_file_starts_no_sandbox(tmp_path: Path, verb: str, code: int) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN: {TOKEN}\n")
    done = mojaz(tmp_path, verb)
    said = done.stdout + done.stderr
    assert (done.returncode, said.count("\n")) == (code, 1)
    assert said.startswith(".env: line 1 ")
    assert TOKEN not in said


@pytest.mark.news
def test_the_week_is_taken_in_once(tmp_path: Path, shared: Path) -> None:
    week = str(shared / "arabic-news-week.jsonl")
    start = time.monotonic()
    first = lines(mojaz(tmp_path, "ingest", week, "--json"))
    assert time.monotonic() - start < 60
    assert {line["status"] for line in first} == {"stored", "known"}
    assert len(first) == 1191
    again = lines(mojaz(tmp_path, "ingest", week, "--json"))
    assert {line["status"] for line in again} == {"known"}


@pytest.mark.news
def test_the_first_page_answers_to_its_own_topics_with_its_own_sentences(
    tmp_path: Path, shared: Path
) -> None:
    page = shared / "seed-article.txt"
    (stored,) = lines(mojaz(tmp_path, "ingest", str(page), "--json"))
    paragraphs = page.read_text(encoding="utf-8").splitlines()[:7]
    for name in ("syria", "سوريا", "سورية", "Syrie", "روسيا"):
        (found,) = lines(mojaz(tmp_path, "topic", name, "--json"))
        assert found["id"] == stored["id"]
    for name in ("السودان", "مصر", "السنغال", "الذهب"):
        assert lines(mojaz(tmp_path, "topic", name, "--json")) == []
    assert found["summary"]
    for sentence in found["summary"]:
        assert any(sentence in paragraph for paragraph in paragraphs)
        assert sentence.endswith((".", "”"))
    assert lines(mojaz(tmp_path, "search", "السنغال", "--json")) == []
