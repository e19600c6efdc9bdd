    # Sets the machine's clock, name and priorities.
    # expects: failed
    import os, socket, time
    for change in (
        lambda: time.clock_settime(time.CLOCK_REALTIME, 0),
        lambda: socket.sethostname("hostile"),
        lambda: os.nice(-5),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
    ):
        try:
            change()
            return n + 1
        except OSError:
            pass
    return 0
