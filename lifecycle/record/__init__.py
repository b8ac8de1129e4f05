"""The sealed public record: whoever rewrites what happened is found out, by anybody.

Every Step becomes an entry (`entries`), every entry a leaf of one Merkle tree (`merkle`, `tree`),
and every head of the tree is signed (`notes`) and published. `verify` is the script for strangers.
Knows no message and no suggestion: it finds every kind of Step by itself.
"""
