    # Never ends, before it is asked.
    # expects: timed_out
    return 0


while True:
    pass
