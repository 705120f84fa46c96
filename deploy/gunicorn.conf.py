# Read by tools/serve.py and by the web unit alike; every value can be set in the environment file.
import os

wsgi_app = "weihai_transfer.wsgi:application"
bind = os.environ.get("WEIHAI_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Uploads of large rosters over slow lines; long work is done by the worker, never in a request.
timeout = 120
graceful_timeout = 30
keepalive = 5
# A slow leak in any library ends here; the jitter keeps the workers from restarting together.
max_requests = 5000
max_requests_jitter = 500
# gunicorn 27 would open a control socket in the home folder of its user.
control_socket_disable = True
# Heartbeats in memory: a slow disk must not look like a hung worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# nginx keeps the access log; request lines carry no personal data, but one log is enough.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("WEB_LOGLEVEL", "info")
# Only nginx on this machine may say which address and scheme a request had.
forwarded_allow_ips = os.environ.get("WEIHAI_PROXY", "127.0.0.1,::1")
