    # Memory that the limit on address space does not count.
    # expects: failed
    import ctypes
    libc = ctypes.CDLL(None)
    if libc.shmget(0, 1 << 24, 0o1600) >= 0 or libc.memfd_create(b"m", 0) >= 0:
        return n + 1
    return 0
