"""`make run`: prepare, fill the demo city, start web and worker, print the address, stay until stopped.

The children are ordinary processes in sessions of their own, so that Ctrl+C reaches them once and in order: first
the worker, which finishes its chunk, then the web server.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, "manage.py"]
START_SECONDS = 90
STOP_SECONDS = 30
CHORE_SECONDS = 60
CHORES = ("reap_jobs", "seal_audit", "count_people")

PORT_TAKEN = """\
端口 {port} 已被占用，站点没有启动。
原因：{host}:{port} 上已有程序在监听，可能是另一个 make run。
请停止该程序，或换一个端口：make run PORT={other}"""

STARTED = """
网站已启动：{address}
演示账号和密码见上方列表；数据保存在 {home}。
按 Ctrl+C 停止网站与后台任务；再次执行 make run 会继续使用同一批数据。
"""

OTHER_MACHINES = """\
从其他机器访问前，请以 WEIHAI_HOSTS 列出允许的主机名或地址，例如：
make run HOST=0.0.0.0 WEIHAI_HOSTS=localhost,127.0.0.1,192.0.2.10
演示账号的密码是公开的，请勿在不可信的网络中这样运行。
"""


class Stopped(Exception):
    """A signal asked for the end."""


class Refused(Exception):
    """A sentence for the person at the terminal."""


def number(name, default, lowest, highest):
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or not lowest <= int(text) <= highest:
        raise Refused(f"{name}={text} 无效：应为 {lowest} 至 {highest} 之间的整数，例如 make run {name}={default}")
    return int(text)


def check_port(host, port):
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise Refused(PORT_TAKEN.format(host=host, port=port, other=port + 1)) from trouble


def step(*command):
    done = subprocess.run(command, cwd=ROOT)
    if done.returncode:
        raise Refused(f"“{' '.join(command[1:])}”没有成功（返回 {done.returncode}），站点没有启动；原因见上方输出。")


def start(*command, **extra):
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL, **extra)


def wait_until_answering(address, children):
    """The first answer of the site, whatever it says: then the address may be printed."""
    # Not through a proxy that the environment names: it knows nothing of this machine's ports.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while True:
        refuse_dead(children)
        try:
            opener.open(address, timeout=5).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            raise Refused(f"网站已启动但首页返回 {answer.code}；原因见上方日志。") from answer
        except OSError as trouble:
            if time.monotonic() > deadline:
                raise Refused(f"网站在 {START_SECONDS} 秒内没有应答；原因见上方日志。") from trouble
            time.sleep(0.1)


def refuse_dead(children):
    for label, child in children.items():
        if child.poll() is not None:
            raise Refused(f"{label}已意外退出（返回 {child.returncode}），其余进程随之停止；原因见上方日志。")


def watch(children):
    """Stay until a child dies; between times run what timers run in production (deploy/systemd)."""
    chores, due = [], time.monotonic() + CHORE_SECONDS
    while True:
        time.sleep(0.5)
        refuse_dead(children)
        if time.monotonic() > due and all(chore.poll() is not None for chore in chores):
            due = time.monotonic() + CHORE_SECONDS
            chores = [start(*MANAGE, chore, stdout=subprocess.DEVNULL) for chore in CHORES]


def stop(children):
    for child in children.values():
        with suppress(ProcessLookupError):
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def serve(host, port, children):
    worker = [*MANAGE, "db_worker", "--queue-name", "*", "--interval", "0.5", "--no-reload", "--verbosity", "0"]
    children["后台任务进程"] = start(*worker)
    web = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    environment = {**os.environ, "WEIHAI_BIND": f"{bracketed(host)}:{port}", "WEB_LOGLEVEL": "warning"}
    children["网站进程"] = start(*web, env=environment)


def bracketed(host):
    return f"[{host}]" if ":" in host else host


def main():
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, ask_to_stop)
    host = os.environ.get("HOST") or "127.0.0.1"
    port = number("PORT", 8000, 1, 65535)
    retirees = number("RETIREES", 3000, 0, 10_000_000)
    seed = number("SEED", 1, 0, 2**31)
    check_port(host, port)
    # Database, uploads and logs of the children are nobody else's business on this machine.
    os.umask(0o077)
    print("一、准备数据库、密钥与基础数据 …", flush=True)
    step(*MANAGE, "prepare")
    step(sys.executable, "-m", "tools.statics")
    print("二、准备演示数据 …", flush=True)
    step(*MANAGE, "seed_demo", "--retirees", str(retirees), "--seed", str(seed))
    children = {}
    try:
        serve(host, port, children)
        # Whoever listens everywhere is asked on this machine's own address.
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        address = f"http://{bracketed(local)}:{port}/"
        wait_until_answering(address, children)
        print(STARTED.format(address=address, home=os.environ.get("WEIHAI_HOME") or "var/"), flush=True)
        if host != local and not os.environ.get("WEIHAI_HOSTS"):
            print(OTHER_MACHINES, flush=True)
        watch(children)
    finally:
        stop(children)


def ask_to_stop(*_):
    # Once is enough: a second Ctrl+C must not interrupt the stopping.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


if __name__ == "__main__":
    try:
        main()
    except Refused as refusal:
        sys.exit(f"\n{refusal}")
    except Stopped:
        print("\n网站与后台任务已停止，数据已保留。")
