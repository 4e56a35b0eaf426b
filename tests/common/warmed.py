"""What a bot imports and reads at its start, done once, before it is forked (see programs.py)."""

from __future__ import annotations

import gc
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy: threads do not outlive a fork

from bot import app  # noqa: F401 - whatever the running bot needs
from bot.topics import lexicon
from bot.topics.names import names_of

names_of(lexicon.load())
gc.collect()
gc.freeze()  # what is never looked at is never copied
