    # The polite way out, in the middle of the check.
    # expects: failed
    import sys
    sys.exit(0)
