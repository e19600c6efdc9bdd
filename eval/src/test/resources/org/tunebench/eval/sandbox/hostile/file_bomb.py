    # Gets through where it may fill the disk, or the memory behind its folder.
    # expects: failed
    for i in range(1024):
        with open("/tmp/%d" % i, "wb") as file:
            file.write(bytes(1 << 20))
    return n + 1
