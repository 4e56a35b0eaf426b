"""mojaz: a news-briefing bot for Arabic readers."""

import os

# before numpy is loaded: its matrices here are small, and a second thread would only keep a core waiting
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
