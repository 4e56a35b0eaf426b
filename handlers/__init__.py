"""All that knows Telegram: updates come in, become plain values, and words go out."""

import os

# python-telegram-bot 22.8 warns at every 429 unless its spans of time are asked for as timedelta;
# whoever reads one here goes through messenger.seconds
os.environ.setdefault("PTB_TIMEDELTA", "true")
