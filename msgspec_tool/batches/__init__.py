"""The fast path of a render: many rows at a time, as columns. What it makes is what the stages make row by row, byte for byte.

Its contract with the stages is short. Whatever it can decide for many rows at once it decides as they would; a row that any of
its quick tests doubts it gives to them, and takes what they make of it, message or refusal. So it needs no words for what is
wrong with a row, and the stages stay the one description of what a render does.
"""
