    # An answer nested deeper than any reader of it can go.
    # expects: failed
    nested = []
    for i in range(200_000):
        nested = [nested]
    return nested
