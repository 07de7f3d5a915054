"""The system on a cluster: what follows from the code is made by it, the rest stands beside it as plain YAML.

`python -m deploy.kubernetes` writes the files; with `--check` it only compares.
"""
