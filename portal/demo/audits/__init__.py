"""The demo borough's audits: eight closed cycles and a ninth under way, the same on each run.

Closed cycles are written as rows, as the steps would have left them: two hundred audits taken step by
step would need minutes. Nothing stands in them that a step would have refused.
"""
