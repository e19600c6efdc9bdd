    # Hooks that turn a failure into a quiet end.
    # expects: failed
    raise ValueError('wrong')


import os, sys, threading
sys.excepthook = threading.excepthook = sys.unraisablehook = lambda *arguments: os._exit(0)
sys.settrace(lambda *arguments: None)
