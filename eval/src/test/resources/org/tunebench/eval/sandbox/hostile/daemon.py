    # Leaves a process behind in a session of its own.
    # expects: failed
    import os
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv("/bin/sleep", ["@MARK@", "3600"])
        os._exit(0)
    return 0
