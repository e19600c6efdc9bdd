    # Reads files of the one who started it.
    # expects: failed
    import os
    for path in ("@CANARY@", "/etc/passwd", "/etc/hostname", "/root", "/home", "/var", "/run", "/sys", "/proc"):
        if os.path.exists(path):
            return n + 1
    return 0
