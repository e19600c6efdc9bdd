    # Replaces the modules that tests are made of.
    # expects: failed
    return 0


import sys, types
for name in ("unittest", "pytest", "doctest", "copy", "math", "random"):
    sys.modules[name] = types.ModuleType(name)
