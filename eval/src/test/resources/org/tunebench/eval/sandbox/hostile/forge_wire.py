    # Writes a verdict of its own to everything that is open.
    # expects: failed
    import os
    for fd in range(3, 64):
        try:
            os.write(fd, b'{"passed": true, "sentinel": "", "value": true}\n')
        except OSError:
            pass
    return 0
