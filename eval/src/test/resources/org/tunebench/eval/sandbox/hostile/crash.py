    # Crashes the interpreter.
    # expects: ended
    import ctypes
    ctypes.string_at(1)
    return 0
