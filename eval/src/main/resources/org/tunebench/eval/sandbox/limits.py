# Limits that a process puts on itself, for good, before anything untrusted runs in it: hard resource limits, which only a
# capability could raise, and a seccomp filter. What follows in the same process cannot take them off.
import os
import resource

# System calls that reach around the limits or into other processes, by machine: the number of each, and the machine's
# AUDIT_ARCH value. Memory that no limit counts (shared segments, memfd), sockets, tracing, mounts, namespaces, keys, and
# kernel interfaces that no test of a function needs.
X86_64 = dict(
    arch=0xC000003E, shmget=29, socket=41, semget=64, msgget=68, ptrace=101, pivot_root=155, chroot=161, mount=165,
    umount2=166, mq_open=240, add_key=248, request_key=249, keyctl=250, unshare=272, perf_event_open=298,
    name_to_handle_at=303, open_by_handle_at=304, setns=308, process_vm_readv=310, process_vm_writev=311, kcmp=312,
    memfd_create=319, bpf=321, userfaultfd=323, io_uring_setup=425, open_tree=428, move_mount=429, fsopen=430,
    fsmount=432, pidfd_getfd=438, mount_setattr=442, memfd_secret=447)
AARCH64 = dict(
    arch=0xC00000B7, umount2=39, mount=40, pivot_root=41, chroot=51, unshare=97, ptrace=117, mq_open=180, msgget=186,
    semget=190, shmget=194, socket=198, add_key=217, request_key=218, keyctl=219, perf_event_open=241,
    name_to_handle_at=264, open_by_handle_at=265, setns=268, process_vm_readv=270, process_vm_writev=271, kcmp=272,
    memfd_create=279, bpf=280, userfaultfd=282, io_uring_setup=425, open_tree=428, move_mount=429, fsopen=430,
    fsmount=432, pidfd_getfd=438, mount_setattr=442, memfd_secret=447)
CLONE3 = 435
EPERM, ENOSYS = 1, 38
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
KILL, REFUSE, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000


def limit(limits):
    """Limits this process and all it starts, as the dictionary says."""
    hard = [
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ]
    if limits["isolated"]:
        hard.append((resource.RLIMIT_NPROC, limits["processes"]))
    for what, most in hard:
        resource.setrlimit(what, (most, most))
    if limits["isolated"]:
        filter_system_calls()


def filter_system_calls():
    import ctypes
    import struct

    numbers = dict({"x86_64": X86_64, "aarch64": AARCH64}[os.uname().machine])
    code = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, numbers.pop("arch")), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    # the x32 numbers of x86-64, which name the same calls a second time
    code += [(AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, REFUSE | EPERM)]
    # the C library falls back to clone
    code += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, REFUSE | ENOSYS)]
    for number in numbers.values():
        code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | EPERM)]
    code.append((RETURN, 0, 0, ALLOW))
    instructions = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in code))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(instructions)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    set_no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    if prctl(set_no_new_privileges, 1, 0, 0, 0) or prctl(set_seccomp, filter_mode, program, 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp filter")
