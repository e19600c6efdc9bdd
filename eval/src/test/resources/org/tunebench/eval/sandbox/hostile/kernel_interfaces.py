    # Calls that a test of a function has no use for.
    # expects: failed
    import ctypes
    import os
    libc = ctypes.CDLL(None)
    arm = os.uname().machine == "aarch64"
    # bpf, perf_event_open, userfaultfd, keyctl, add_key, io_uring_setup
    for number in (280, 241, 282, 219, 217, 425) if arm else (321, 298, 323, 250, 248, 425):
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (0, 1):
            return n + 1
    return 0
