"""`mojaz bench topics`: what readers' words bring up, what becomes of slips, and how long that takes."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.errors import MojazError
from bot.topics import bench, lexicon
from bot.topics.names import names_of
from bot.verbs.given import named

_ODD = 30
"""Spellings that are listed where they bring up something else."""


def topics(reports: Path | None, labels: Path | None) -> int:
    """Quality where labelled news is given; slips, spellings and speed over the lexicon."""
    if reports and not labels:
        raise MojazError(f"{reports} is judged by labels: name their file behind it")
    console, known = Console(), lexicon.load()
    names_of(known)
    if reports and labels:
        with named(reports):
            news = bench.News(bench.read_reports(reports), known)
            if not news.reports:
                raise ValueError("no articles to ask about")
        with named(labels):
            labelled = bench.read_labels(labels)
            if not any(known.topic(label.topic) for label in labelled):
                raise ValueError("no labels of topics that are known")
        console.print(_quality(news, labelled))
    console.print(_slips(bench.slips(known)))
    asked, odd = bench.same_answer(known)
    console.print(f"Spellings: {asked} of {len(known.all())} topics, {1 - len(odd) / asked:.2%} alike")
    console.print(*odd[:_ODD], sep="\n")
    took = bench.speed(known)
    console.print(
        f"A slip resolved: median {took.median:.2f} ms, p99 {took.p99:.2f} ms, most {took.most:.2f} ms"
        f" ({took.questions} slips, none asked before)"
    )
    return 0


def _quality(news: bench.News, labels: list[bench.Label]) -> Table:
    title = f"What /topic brings up: {len(news.reports)} articles, {len(labels)} labelled topics"
    table = Table("words", "questions", "precision", "recall", "micro F1", title=title)
    for row in bench.scores(news, labels):
        figures = (f"{figure:.3f}" for figure in (row.precision, row.recall, row.f1))
        table.add_row(row.name, str(row.questions), *figures)
    return table


def _slips(rows: list[bench.Slips]) -> Table:
    table = Table(
        "slip", "asked", "right", "other guess, named", "searched", "wrong in silence", title="Slips"
    )
    for row in rows:
        shares = (f"{share:.2%}" for share in (row.right, row.named, row.searched, row.silent))
        table.add_row(row.kind, str(row.asked), *shares)
    return table
