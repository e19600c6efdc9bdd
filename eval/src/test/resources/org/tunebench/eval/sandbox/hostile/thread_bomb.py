    # Gets through where it may have a hundred threads.
    # expects: failed
    import threading, time
    for i in range(100):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return n + 1
