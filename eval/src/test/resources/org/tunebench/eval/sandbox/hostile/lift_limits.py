    # Takes its limits off.
    # expects: failed
    import resource
    for what in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
        try:
            resource.setrlimit(what, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return n + 1
        except (OSError, ValueError):
            pass
    return 0
