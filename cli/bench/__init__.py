"""What Shangju can do on this machine, each figure beside what the machine can do at all."""
