    # Speaks to the machine's services over sockets without a network.
    # expects: failed
    import socket
    for address in ("\0abstract", "/run/dbus/system_bus_socket", "/var/run/docker.sock"):
        try:
            with socket.socket(socket.AF_UNIX) as local:
                local.bind(address) if address[0] == "\0" else local.connect(address)
            return n + 1
        except OSError:
            pass
    return 0
