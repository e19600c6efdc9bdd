    # Gone before the check begins.
    # expects: ended
    return 0


import os
os._exit(0)
