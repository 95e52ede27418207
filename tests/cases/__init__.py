"""Cases: folders with an input and the whole output that lint gives for it, discovered."""
