    # Waits for someone to type.
    # expects: failed
    return int(input('a number, please: '))
