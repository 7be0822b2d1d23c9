"""The ledger: who published what, when, from which file, and how it was put right.

The served store is a product of the shipped dataset and of the ledger; what is written here is
never changed, only added to.
"""
