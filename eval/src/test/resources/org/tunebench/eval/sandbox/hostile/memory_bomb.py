    # Gets through where it may have two gigabytes.
    # expects: failed
    kept = [bytearray(1 << 24) for i in range(128)]
    return n + 1
