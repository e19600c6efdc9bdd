    # Reads the memory of the process that started it.
    # expects: failed
    import os
    for pid in (1, os.getppid(), @PID@):
        try:
            os.close(os.open("/proc/%d/mem" % pid, os.O_RDWR))
            return n + 1
        except OSError:
            pass
    return 0
