"""gunicorn for production: python -m gunicorn --config deploy/gunicorn.conf.py imrsite.wsgi"""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_tmp_dir = "/dev/shm"  # heartbeats must not wait for a disk
timeout = 60  # a process that hangs is replaced; a long export in a thread is not cut off
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
accesslog = "-"
# The path without its query: filters hold case numbers and diagnoses, and logs live long.
access_log_format = '%(h)s %(u)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
