"""How much of a feed is read.

A news feed holds 10 to 100 entries; what is beyond these limits is an archive, a fault or an attack.
"""

from __future__ import annotations

MOST_ENTRIES = 1000
"""The first ones: feeds begin with their newest entry."""
MOST_TAGS, MOST_TAGS_OF_ALL = 10_000, 100_000
"""Opening and closing ones of an entry and of a document: a long report with a link in each sentence has
some hundred."""
LONGEST_CONTENT = 1_000_000
LONGEST_TITLE = 1000
LONGEST_NAME = 200
"""Characters of an entry's text, of a title or a link's words, of an author or a category."""
LONGEST_ADDRESS = 4096
"""Characters of a link or an identity."""
MOST_EXPANSION = 1_000_000
"""Characters that a document's own entities may add to it."""
