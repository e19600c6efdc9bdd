# Plain data as JSON. Only what is listed here crosses between a program and its check: no object brings behaviour along.
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

EXACT_IN_JSON = 1 << 53


def encode(value):
    if value is None or value is True or value is False or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < EXACT_IN_JSON else {"int": hex(value)}
    if isinstance(value, float):
        return {"float": float.hex(value)}
    if isinstance(value, complex):
        return {"complex": [float.hex(value.real), float.hex(value.imag)]}
    if isinstance(value, list):
        return [encode(each) for each in value]
    for name, kind in (("tuple", tuple), ("set", set), ("frozenset", frozenset)):
        if isinstance(value, kind):
            return {name: [encode(each) for each in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(key), encode(each)] for key, each in value.items()]}
    if isinstance(value, (bytes, bytearray)):
        return {type(value).__name__: value.hex()}
    if isinstance(value, range):
        return {"range": [encode(each) for each in (value.start, value.stop, value.step)]}
    if isinstance(value, (Decimal, Fraction)):
        return {type(value).__name__: str(value)}
    if isinstance(value, Iterator):
        return {"iterator": [encode(each) for each in value]}
    raise TypeError("a value of type %s is no plain data" % type(value).__name__)


DECODERS = {
    "int": lambda text: int(text, 16),
    "float": float.fromhex,
    "complex": lambda parts: complex(*map(float.fromhex, parts)),
    "tuple": lambda items: tuple(map(decode, items)),
    "set": lambda items: set(map(decode, items)),
    "frozenset": lambda items: frozenset(map(decode, items)),
    "dict": lambda items: {decode(key): decode(each) for key, each in items},
    "bytes": bytes.fromhex,
    "bytearray": bytearray.fromhex,
    "range": lambda parts: range(*map(decode, parts)),
    "Decimal": Decimal,
    "Fraction": Fraction,
    "iterator": lambda items: iter(list(map(decode, items))),
}


def decode(value):
    if isinstance(value, list):
        return list(map(decode, value))
    if isinstance(value, dict):
        [(name, content)] = value.items()
        return DECODERS[name](content)
    return value


def describe(error):
    """An exception in one line."""
    text = " ".join(str(error).split())
    return (type(error).__name__ + (": " + text if text else ""))[:500]


class Wire:
    """Lines of JSON over what were standard input and output, which become an empty input and standard error."""

    def __init__(self):
        import os

        self.reader = os.fdopen(os.dup(0), "rb")
        self.writer = os.dup(1)
        self.write = os.write
        empty = os.open("/dev/null", os.O_RDONLY)
        os.dup2(empty, 0)
        os.close(empty)
        os.dup2(2, 1)

    def receive(self):
        line = self.reader.readline()
        if not line:
            raise SystemExit
        return json.loads(line)

    def send(self, message):
        line = json.dumps(message).encode() + b"\n"
        while line:
            line = line[self.write(self.writer, line):]
