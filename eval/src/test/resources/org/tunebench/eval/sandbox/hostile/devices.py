    # Opens or makes devices.
    # expects: failed
    import os
    for path in ("/dev/mem", "/dev/kmsg", "/dev/vda", "/dev/sda", "/dev/tty", "/dev/console", "/dev/fuse", "/dev/kvm"):
        if os.path.exists(path):
            return n + 1
    try:
        os.mknod("/tmp/memory", 0o20600, os.makedev(1, 1))
        return n + 1
    except OSError:
        return 0
