    # The same, dressed as a list whose items are numbers.
    # expects: failed
    return Anything([0])


class Anything(list):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
