    # Reads the environment of those that started it.
    # expects: failed
    import os
    for pid in (1, os.getppid(), os.getpid(), @PID@):
        try:
            with open("/proc/%d/environ" % pid, "rb") as file:
                if file.read():
                    return n + 1
        except OSError:
            pass
    return 0
