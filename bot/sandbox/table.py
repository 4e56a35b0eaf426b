"""The Bot API's own grammar: which methods there are, what they take, and what an object holds.

The facts stand in bot_api.txt, which explains its format in its first lines. Nothing is played here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.sandbox.refusal import Json, Refused, bad_request

_PRIMITIVES = {"i": "Integer", "s": "String", "b": "Boolean", "f": "Float"}
_LINE = re.compile(r"(\w+)(?:\((.*)\)| \{(.*)\}| = (.*))")
_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or field: it takes a value of any of its kinds."""

    kinds: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as a part of the request's body."""

    name: str
    content: bytes
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Methods and types by name; a type is its fields, or the kinds that it may be."""

    methods: Mapping[str, Mapping[str, Field]]
    types: Mapping[str, Mapping[str, Field]]
    unions: Mapping[str, tuple[str, ...]]

    def check(self, method: str, given: Mapping[str, Any]) -> Json:
        """The parameters of a call, each in its own type.

        given: strings (query, form), JSON values, or Uploads. Raises Refused: 404 for an unknown
        method, 400 for an unknown, missing or wrongly typed parameter.
        """
        fields = self.methods.get(method)
        if fields is None:
            raise Refused(404, "Not Found")
        values = {name: value for name, value in given.items() if value is not None}
        for name in values:
            if name not in fields:
                raise bad_request(f'unknown parameter "{_shown(name)}" of {method}')
        for name, field in fields.items():
            if field.required and name not in values:
                raise bad_request(f'parameter "{name}" of {method} is required')
        return {name: self._parameter(name, fields[name], value) for name, value in values.items()}

    def fault(self, kind: str, value: Any, where: str) -> str | None:
        """Why a JSON value is no `kind` (a type's name, `*` before it an array); None where it is."""
        return self._fault(kind, value, where, 0)

    def _parameter(self, name: str, field: Field, value: Any) -> Any:
        value = _parsed(name, field.kinds, value)
        faults = [self._fault(kind, value, name, 0) for kind in field.kinds]
        if all(faults):
            raise bad_request(f"can't parse {self._nearest(field.kinds, value, name)}")
        return value

    def _fault(self, kind: str, value: Any, where: str, depth: int) -> str | None:
        if depth > _DEPTH:
            return f"{where}: nested too deeply"
        if kind.startswith("*"):
            return self._array_fault(kind[1:], value, where, depth)
        if kind in _PRIMITIVES:
            return None if _is_primitive(kind, value) else f"{where}: {_PRIMITIVES[kind]} expected"
        if kind == "InputFile":
            sound = isinstance(value, Upload)
            return None if sound else f"{where}: a file expected"
        if kind in self.unions:
            faults = [self._fault(k, value, where, depth + 1) for k in self.unions[kind]]
            return self._nearest(self.unions[kind], value, where) if all(faults) else None
        return self._object_fault(kind, value, where, depth)

    def _array_fault(self, kind: str, value: Any, where: str, depth: int) -> str | None:
        if not isinstance(value, list):
            return f"{where}: Array expected"
        faults = (self._fault(kind, v, f"{where}[{n}]", depth + 1) for n, v in enumerate(value))
        return next((fault for fault in faults if fault), None)

    def _object_fault(self, kind: str, value: Any, where: str, depth: int) -> str | None:
        if not isinstance(value, dict):
            return f"{where}: {kind} object expected"
        fields = self.types[kind]
        for name, inner in value.items():
            if name not in fields:
                return f'{where}: unknown field "{_shown(name)}" of {kind}'
            faults = [self._fault(k, inner, f"{where}.{name}", depth + 1) for k in fields[name].kinds]
            if all(faults):
                return faults[0]
        missing = [n for n, field in fields.items() if field.required and n not in value]
        return f'{where}: field "{missing[0]}" of {kind} is required' if missing else None

    def _nearest(self, kinds: Sequence[str], value: Any, where: str) -> str:
        """The fault against the kind that shares most fields with the value: that was meant."""
        keys = set(value) if isinstance(value, dict) else set()
        meant = max(kinds, key=lambda kind: len(keys & set(self.types.get(kind, ()))))
        return self._fault(meant, value, where, 1) or f"{where}: not understood"


def _parsed(name: str, kinds: Sequence[str], value: Any) -> Any:
    """A string (as a form carries it) becomes what the parameter asks for, where it can."""
    if not isinstance(value, str) or ("s" in kinds and not _is_id(kinds, value)):
        return value
    if "i" in kinds and re.fullmatch(r"-?[0-9]{1,18}", value.strip()):
        return int(value)
    if kinds == ("f",) and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", value.strip()):
        return float(value)
    if kinds == ("b",) and value.lower() in ("true", "false", "1", "0"):
        return value.lower() in ("true", "1")
    if set(kinds) <= {"i", "f", "b"}:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {name}: JSON expected") from None


def _is_id(kinds: Sequence[str], value: str) -> bool:
    return "i" in kinds and re.fullmatch(r"-?[0-9]{1,18}", value.strip()) is not None


def _is_primitive(kind: str, value: Any) -> bool:
    if kind == "s":
        return isinstance(value, str)
    if kind == "b":
        return isinstance(value, bool)
    number = int if kind == "i" else (int, float)
    return isinstance(value, number) and not isinstance(value, bool)


def _shown(name: str) -> str:
    return name[:60]


def _fields(text: str) -> dict[str, Field]:
    parts = (part.split(":") for part in text.split())
    return {n.rstrip("?"): Field(tuple(k.split("|")), not n.endswith("?")) for n, k in parts}


@cache
def bot_api() -> Table:
    """The table of the Bot API, read once."""
    methods, types, unions = {}, {}, {}
    text = (resources.files(__package__) / "bot_api.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            name, parameters, fields, kinds = found.groups()
            if parameters is not None:
                methods[name] = _fields(parameters)
            elif fields is not None:
                types[name] = _fields(fields)
            else:
                unions[name] = tuple(kinds.split(" | "))
    return Table(methods, types, unions)
