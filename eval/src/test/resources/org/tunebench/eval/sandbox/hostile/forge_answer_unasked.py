    # Answers before it is asked, and again.
    # expects: failed
    return 0


import sys
frame = sys._getframe()
while "wire" not in frame.f_locals:
    frame = frame.f_back
for value in range(100):
    frame.f_locals["wire"].send({"value": value})
