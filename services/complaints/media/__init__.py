"""Files people bring: told by their content, cleaned of what they tell of their maker, in a process of their own.

The package imports nothing of the service: the child that decodes strangers' bytes knows no secret.
"""
