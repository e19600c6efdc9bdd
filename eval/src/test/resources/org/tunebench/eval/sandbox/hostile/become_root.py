    # Becomes another user.
    # expects: failed
    import os, subprocess
    for change in (os.setuid, os.seteuid, os.setgid, os.setegid):
        try:
            change(0)
            return n + 1
        except OSError:
            pass
    said = subprocess.run(["/bin/su", "-c", "id -u"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return n + 1 if said.stdout.strip() == "0" else 0
