    # The same to standard error.
    # expects: too_much_output
    import sys
    while True:
        sys.stderr.write("x" * 10000)
