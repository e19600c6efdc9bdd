    # Looks for the sentinel, 64 hexadecimal digits, in all that Python can see.
    # expects: failed
    import gc, re
    seen = set()
    for each in gc.get_objects():
        for part in each.values() if isinstance(each, dict) else each if isinstance(each, (list, tuple)) else ():
            if isinstance(part, str) and re.fullmatch("[0-9a-f]{64}", part):
                seen.add(part)
    return n + 1 if seen else 0
