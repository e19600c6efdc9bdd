# Holds the program and calls its functions for the check, which runs elsewhere. Nothing in here is worth stealing: what this
# process says is taken for the program's answers, and for nothing more.
def serve():
    wire = Wire()
    limit(wire.receive())
    wire.send("ready")
    task = wire.receive()
    names = {}
    try:
        exec(compile(task["program"], "program.py", "exec"), names)
        function = names[task["entry_point"]]
        wire.send({"loaded": True})
    except BaseException as error:
        wire.send({"raised": type(error).__name__, "text": describe(error)})
        return
    while True:
        call = wire.receive()
        try:
            arguments = [decode(each) for each in call["arguments"]]
            named = {name: decode(each) for name, each in call["named"].items()}
            reply = {"value": encode(function(*arguments, **named))}
        except BaseException as error:
            reply = {"raised": type(error).__name__, "text": describe(error)}
        wire.send(reply)


serve()
