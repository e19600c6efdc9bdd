    # An answer of a hundred megabytes.
    # expects: too_much_output
    return 'x' * 100_000_000
