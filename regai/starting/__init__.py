"""What ``manage.py start`` does, in this order: the place, the data, the processes, the welcome."""
