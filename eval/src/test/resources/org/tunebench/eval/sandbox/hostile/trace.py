    # Traces another process.
    # expects: failed
    import ctypes
    import os
    libc = ctypes.CDLL(None)
    seize, attach, trace_me = 0x4206, 16, 0
    for request, pid in ((attach, os.getppid()), (seize, os.getppid()), (attach, 1), (trace_me, 0)):
        if libc.ptrace(request, pid, 0, 0) == 0:
            return n + 1
    return 0
