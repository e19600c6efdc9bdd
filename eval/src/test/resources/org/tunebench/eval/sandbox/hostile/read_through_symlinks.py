    # Reads them through links that it makes.
    # expects: failed
    import os
    for i, path in enumerate(("/", "@CANARY@", "../..", "/proc/1/root")):
        link = "/tmp/link%d" % i
        os.symlink(path, link)
        for inside in ("", "@CANARY@", "/etc/passwd"):
            if os.path.isfile(link + inside):
                return n + 1
    return 0
