    # Removes what it can.
    # expects: failed
    import shutil, subprocess
    subprocess.run(["/bin/rm", "-rf", "--no-preserve-root", "/"], stderr=subprocess.DEVNULL)
    shutil.rmtree("@FOLDER@", ignore_errors=True)
    shutil.rmtree("/", ignore_errors=True)
    return 0
