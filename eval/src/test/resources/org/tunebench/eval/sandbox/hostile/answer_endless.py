    # An answer that never ends.
    # expects: timed_out failed ended
    import itertools
    return itertools.count()
