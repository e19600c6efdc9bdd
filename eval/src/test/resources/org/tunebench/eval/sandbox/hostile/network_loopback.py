    # Connects to a port of this machine.
    # expects: failed
    import socket
    try:
        socket.create_connection(("127.0.0.1", @PORT@), timeout=1).close()
        return n + 1
    except OSError:
        return 0
