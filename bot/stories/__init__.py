"""Stories: which articles tell of one event.

An article is known by its fingerprint, a bounded list of weighted terms (fingerprints.py), and by a
sketch of its words, by which near-copies are told (copies.py). Likeness is of two articles
(likeness.py), a grouping of many (grouping.py). What an article's arrival or its end changes is decided
in choosing.py, which stories are of one affair in relating.py. Pure rules: who the neighbours are is
asked of storage, and nothing here knows of topics.
"""

from __future__ import annotations

from bot.stories.choosing import choose, mend
from bot.stories.copies import sketch
from bot.stories.fingerprints import TERMS, fingerprint, words_digest
from bot.stories.relating import related

__all__ = ["TERMS", "choose", "fingerprint", "mend", "related", "sketch", "words_digest"]
