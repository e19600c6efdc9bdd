    # Kills the one that started it.
    # expects: ended failed
    import os, signal
    for pid in (os.getppid(), 1, @PID@):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    return 0
