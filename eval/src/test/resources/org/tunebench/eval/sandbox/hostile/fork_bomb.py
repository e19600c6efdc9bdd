    # Doubles itself until nothing else runs.
    # expects: timed_out
    import os
    while True:
        try:
            os.fork()
        except OSError:
            pass
