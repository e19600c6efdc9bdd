    # Closes every file, the wire too.
    # expects: ended failed
    import os
    os.closerange(0, 64)
    return 0
