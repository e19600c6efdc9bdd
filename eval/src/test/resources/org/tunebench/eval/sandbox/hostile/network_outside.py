    # Sends a packet away.
    # expects: failed
    import socket
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as away:
            away.sendto(b"hello", ("192.0.2.1", 9))
        return n + 1
    except OSError:
        return 0
