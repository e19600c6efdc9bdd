    # Gets through where it may have a hundred processes.
    # expects: failed
    import os, time
    for i in range(100):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    return n + 1
