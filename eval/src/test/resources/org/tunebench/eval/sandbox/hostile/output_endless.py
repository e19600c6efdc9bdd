    # Talks without end.
    # expects: too_much_output
    while True:
        print('x' * 10000)
