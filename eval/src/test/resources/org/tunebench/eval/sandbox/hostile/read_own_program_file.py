    # Overwrites the interpreter that it runs on.
    # expects: failed
    import sys
    for path in ("/proc/self/exe", "/proc/1/exe", sys.executable or "/usr/bin/python3", "/usr/bin/python3"):
        try:
            open(path, "r+b").close()
            return n + 1
        except OSError:
            pass
    return 0
