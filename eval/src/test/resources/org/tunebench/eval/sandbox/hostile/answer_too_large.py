    # An answer of a hundred megabytes.
    # expects: too_much_output timed_out
    return 'x' * 100_000_000
