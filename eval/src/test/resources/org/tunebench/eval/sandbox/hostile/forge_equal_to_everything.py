    # An answer that equals whatever it is compared with.
    # expects: failed
    class Anything:
        def __eq__(self, other):
            return True

        def __hash__(self):
            return 0

    return Anything()
