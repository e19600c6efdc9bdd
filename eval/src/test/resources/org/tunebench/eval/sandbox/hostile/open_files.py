    # Gets through where it may open ten thousand files.
    # expects: failed
    kept = [open("/dev/null") for i in range(10000)]
    return n + 1
