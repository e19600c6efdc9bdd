# Runs the check. It knows the program only as a function whose calls go over the wire, so that what the program returns is
# compared here, by interpreters and modules that the program cannot touch.
import builtins


class Raised(BaseException):
    """What the program raised, where it is no built-in exception, or one that would end a loop of the check early."""


ENDING_LOOPS = (StopIteration, StopAsyncIteration, GeneratorExit)


class Remote:
    """The program's function."""

    def __init__(self, wire):
        self.wire = wire

    def __call__(self, *arguments, **named):
        self.wire.send({
            "arguments": [encode(each) for each in arguments],
            "named": {name: encode(each) for name, each in named.items()},
        })
        reply = self.wire.receive()
        if "value" in reply:
            return decode(reply["value"])
        kind = getattr(builtins, reply["raised"], None)
        if not isinstance(kind, type) or not issubclass(kind, Exception) or issubclass(kind, ENDING_LOOPS):
            kind = Raised
        try:
            raised = kind(reply["text"])
        except TypeError:
            raised = Raised(reply["text"])
        raised.told = reply["text"]
        raise raised


def helpers(prompt):
    """What the prompt itself defines and imports, its open function with an empty body."""
    for body in ("", "\n    pass\n", "\n  pass\n", "\n\tpass\n"):
        try:
            code = compile(prompt + body, "prompt.py", "exec")
        except SyntaxError:
            continue
        names = {}
        exec(code, names)
        return names
    return {}


def verdict(wire, task):
    try:
        names = helpers(task["prompt"])
        remote = Remote(wire)
        names[task["entry_point"]] = remote
        exec(compile(task["test"], "test.py", "exec"), names)
        names["check"](remote)
        return {"passed": True}
    except SystemExit:
        raise
    except BaseException as error:
        return {"passed": False, "message": getattr(error, "told", None) or describe(error)}


def serve():
    wire = Wire()
    limit(wire.receive())
    wire.send("ready")
    task = wire.receive()
    wire.send(dict(verdict(wire, task), sentinel=task["sentinel"]))


serve()
