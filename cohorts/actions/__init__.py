"""What people and clocks do with interests, seats, rounds, meetings, votes and fees.

One file a noun. Each action opens its own transaction, locks before it checks, and promises its
letters inside it.
"""
