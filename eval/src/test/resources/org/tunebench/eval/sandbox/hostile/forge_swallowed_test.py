    # Opens a string that is to swallow the test that follows.
    # expects: failed
    return 0


unused = '''
