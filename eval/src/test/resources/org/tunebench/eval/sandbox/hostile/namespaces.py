    # Makes a user namespace to be root in, mounts and changes its root.
    # expects: failed
    import ctypes
    libc = ctypes.CDLL(None)
    new_user, new_mount = 0x10000000, 0x00020000
    if libc.unshare(new_user) == 0 or libc.unshare(new_mount) == 0:
        return n + 1
    if libc.syscall(56, new_user | 17, 0, 0, 0, 0) > 0:
        return n + 1
    if libc.mount(b"none", b"/tmp", b"tmpfs", 0, 0) == 0 or libc.chroot(b"/tmp") == 0:
        return n + 1
    return 0
