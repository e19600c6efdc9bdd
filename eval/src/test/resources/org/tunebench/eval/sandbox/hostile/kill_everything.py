    # Kills all that it may kill.
    # expects: ended failed
    import os, signal
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(-1, number)
        except OSError:
            pass
    return 0
