    # Reads the environment for secrets.
    # expects: failed
    import os
    known = {"PATH", "LANG", "LC_CTYPE", "PWD", "PYTHONHASHSEED"}
    return n + 1 if set(os.environ) - known else 0
