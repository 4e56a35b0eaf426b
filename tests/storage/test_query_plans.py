"""What is asked often walks an index and sorts nothing: it must not slow down as the tables grow."""

from __future__ import annotations

import re

import pytest

from storage import (
    adding,
    articles,
    chat_rows,
    chats,
    feeds,
    forgetting,
    inbox,
    matching,
    outbox,
    queue_rows,
    regrouping,
    relating,
    sqlite_search,
    terms,
)
from storage.sqlite import in_sqlite

WALKS = {
    articles._NEWEST: ["articles_by_recency"],
    articles._NEWEST_STORIES: ["stories_by_newest"],
    relating._NEWEST_ABOUT: ["PRIMARY KEY (topic=?)"],
    articles._OF_SOURCE: ["articles_of_source (source=?)"],
    matching._OF_SOURCE: ["COVERING INDEX articles_of_source (source=?)"],
    sqlite_search._WALK: ["articles_by_recency (recency=?)"],
    sqlite_search._KEYS: ["VIRTUAL TABLE"],
    chats._DUE: [
        "due_times_by_due ((due,chat,minute)>(?,?,?) AND due<?)",
        "c USING INTEGER PRIMARY KEY",
    ],
    chats._ASTRAY: ["due_times_by_due (due>?)", "c USING INTEGER PRIMARY KEY"],
    outbox._READY: ["outbox_ready", "outbox_in_flight (chat=?)", "outbox_held (chat=?"],
    outbox._PUT_OFF_UNTIL_NOW: ["outbox_put_off (not_before>? AND not_before<?)"],
    outbox._NEXT_RETRY: ["outbox_put_off"],
    outbox._NEXT_TO_FRONT: ["outbox_open (chat=? AND lane=?)"],
    inbox._PENDING: ["inbox_waiting"],
    feeds._DUE: ["feeds_due (next_check>? AND next_check<?)", "PRIMARY KEY (name>? AND name<?)"],
    feeds._ASTRAY: ["feeds_due (next_check>?)"],
    feeds._BRING_BACK: ["feeds_due (next_check>?)"],
    adding._LAST_ARRIVAL: ["articles_by_arrival (received<?)"],
    feeds._ABSENT: ["feed_entries_by_time (last_seen<?)"],
}
OF_CHAT = ["outbox_open (chat=?)", "outbox_closed_of_chat (chat=?)"]
SORTS_A_FEW = {
    articles._BY_STORIES: ["articles_by_story (story=?)"],
    articles._ARRIVED: ["articles_by_arrival (received>? AND received<?)"],
    articles._TOPIC_COUNTS: ["article_topics_by_arrival (received>? AND received<?)"],
    relating._TOPICS: ["articles_by_story (story=?)"],
    regrouping._MEMBERS: ["articles_by_story (story=? AND recency>? AND recency<?)"],
    regrouping._LEAVE_COPIES: ["articles_by_original (copy_of=?)"],
    forgetting._MESSAGES: OF_CHAT,
    forgetting._FORGET_FILES: OF_CHAT,
    forgetting._FORGET_QUEUE: OF_CHAT,
    forgetting._ERASE_CLOSED: OF_CHAT[1:],
    forgetting._MENTIONED: ["inbox_waiting", "inbox_aside", "INTEGER PRIMARY KEY"],
    chat_rows._MOVE_QUEUE: OF_CHAT,
    queue_rows._WITHDRAW: ["outbox_open (chat=? AND lane=?)"],
    queue_rows._BURY: OF_CHAT[:1],
    queue_rows._CLEAR_FRONTS: OF_CHAT[:1],
    terms._BEFORE: ["PRIMARY KEY (span=? AND term=? AND recency>? AND recency<?)"],
    terms._POSTINGS: ["PRIMARY KEY (span=? AND term=?)"],
}


async def plan(storage, sql):
    names = dict.fromkeys(re.findall(r":(\w+)", sql))
    rows = await storage.database.fetch_all(f"EXPLAIN QUERY PLAN {in_sqlite(sql)}", names)
    return "\n".join(row["detail"] for row in rows)


@pytest.mark.parametrize(("sql", "parts"), (WALKS | SORTS_A_FEW).items())
async def test_a_hot_query_uses_its_index(storage, sql, parts):
    steps = await plan(storage, sql)
    assert all(part in steps for part in parts), steps


@pytest.mark.parametrize("sql", WALKS)
async def test_a_list_is_walked_in_order_and_never_sorted(storage, sql):
    assert "TEMP B-TREE" not in await plan(storage, sql)
