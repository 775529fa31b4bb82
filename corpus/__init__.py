"""The record: what councils published, as documents with every version, and when it was seen.

Nothing derived lives here, and everything derived can be rebuilt from here without the network.
"""
