    # Kills its process group, and what it hopes to be in it.
    # expects: ended failed
    import os, signal
    os.killpg(os.getpgrp(), signal.SIGKILL)
    return 0
