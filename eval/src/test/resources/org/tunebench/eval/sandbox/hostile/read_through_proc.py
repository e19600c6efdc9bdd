    # Reads them through what the kernel tells about processes.
    # expects: failed
    import os
    for root in ("/proc/1/root", "/proc/self/root", "/proc/self/cwd/..", "/proc/%d/root" % os.getppid(), "/proc/@PID@/root"):
        if os.path.exists(root + "@CANARY@") or os.path.exists(root + "/etc/passwd"):
            return n + 1
    return 0
