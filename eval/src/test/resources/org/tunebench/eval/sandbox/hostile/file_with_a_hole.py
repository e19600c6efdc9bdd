    # One file of ten gigabytes.
    # expects: failed
    with open("/tmp/hole", "wb") as file:
        file.truncate(10 << 30)
    return n + 1
