    # Rewrites what it finds in the frames that called it.
    # expects: failed
    import sys
    frame = sys._getframe()
    while frame is not None:
        for scope in (frame.f_globals, frame.f_locals):
            for name in ("encode", "decode", "check", "verdict"):
                if name in scope:
                    scope[name] = lambda *arguments: True
            if "passed" in scope:
                scope["passed"] = True
        frame = frame.f_back
    return 0
