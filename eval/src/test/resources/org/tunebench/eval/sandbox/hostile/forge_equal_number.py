    # The same, dressed as a number.
    # expects: failed
    return Anything(0)


class Anything(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__
