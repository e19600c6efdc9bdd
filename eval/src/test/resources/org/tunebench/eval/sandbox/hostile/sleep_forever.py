    # Does nothing, for long.
    # expects: timed_out
    import time
    time.sleep(3600)
