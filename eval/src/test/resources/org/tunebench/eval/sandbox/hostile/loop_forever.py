    # Never ends.
    # expects: timed_out
    while True:
        pass
