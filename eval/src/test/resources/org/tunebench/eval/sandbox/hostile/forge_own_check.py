    # Brings a check of its own that asks nothing.
    # expects: failed
    return 0


def check(candidate):
    return True


METADATA = {"passed": True}
candidate = None
