    # Stops, and neither reads nor ends.
    # expects: timed_out
    import os, signal
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0
