"""The wiring: Config in, every object built by hand, started and stopped in one place.

Nothing is decided here. One TaskGroup owns every task of the program: where one dies of a fault that
it could not handle itself, the others stop too and the program ends with that fault.
"""

from bot.app.door import Door
from bot.app.parts import Parts, opened_parts
from bot.app.serving import run, serve, stop_on_signals

__all__ = ["Door", "Parts", "opened_parts", "run", "serve", "stop_on_signals"]
