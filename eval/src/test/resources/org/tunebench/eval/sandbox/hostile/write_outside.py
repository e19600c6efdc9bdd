    # Writes where it should not.
    # expects: failed
    import os
    for folder in ("/", "/usr", "/usr/bin", "/bin", "/lib", "/dev", "/dev/shm", "/etc", "/var/tmp", "/root", "/home", "@FOLDER@"):
        try:
            with open(os.path.join(folder, "hostile"), "w") as file:
                file.write("was here")
            return n + 1
        except OSError:
            pass
    return 0
