"""Bring the virtual environment up to the requirement files: `python3.11 tools/bootstrap.py run|dev`.

Runs on the machine's own Python before anything is installed, so it uses the standard library only. What was
installed is remembered by content in the environment itself: the second call costs a few milliseconds.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
# In the order in which they build on each other: whoever has the last has them all.
FILES = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}

NO_PIP = """\
缺少 python3-venv，无法建立虚拟环境。
原因：Debian 把它放在单独的软件包里，而当前用户不是 root，不能代为安装。
请先执行：apt-get install -y python3-venv（以 root 身份），然后重新运行刚才的命令。
Python's venv module is incomplete here and you are not root: install python3-venv, then run the command again."""

APT_FAILED = """\
未能安装 python3-venv。
原因：apt-get 没有成功，通常是软件源不可用。
请检查软件源，或按 docs/install.md 准备离线安装包目录 wheelhouse 后重新运行。
apt-get could not install python3-venv: check the package sources, or prepare a wheelhouse (docs/install.md)."""

PIP_FAILED = """\
未能安装依赖软件包。
原因见上方 pip 的输出，通常是软件源不可用。
请检查网络或 pip 的配置；不能联网的机器请按 docs/install.md 准备离线安装包目录 wheelhouse 后重新运行。
pip could not install the requirements: see its output above; without a network prepare a wheelhouse."""

OLD_PYTHON = """\
Python 版本不符：需要 3.11 或更高版本，当前为 {version}。
请安装 Python 3.11，或以 make PYTHON=/路径/python3.11 指定解释器。
Python 3.11 or newer is needed."""


class NotReady(Exception):
    """A sentence for the person at the terminal."""


def fingerprint(level):
    content = b"\0".join((ROOT / name).read_bytes() for name in FILES[level])
    return hashlib.sha256(sys.version.encode() + content).hexdigest()


def stamp(level):
    return VENV / f".installed-{level}"


def ready(level):
    return PYTHON.exists() and stamp(level).exists() and stamp(level).read_text() == fingerprint(level)


def wheelhouse():
    folder = Path(os.environ.get("WHEELHOUSE") or ROOT / "wheelhouse")
    return folder if folder.is_dir() else None


def outside_pip():
    """How to run a pip that is not in the environment: the machine's own, or the wheel in the wheelhouse."""
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    wheels = sorted(wheelhouse().glob("pip-*.whl")) if wheelhouse() else []
    return [sys.executable, f"{wheels[-1]}/pip"] if wheels else None


def create():
    """Make the empty environment; answer the command that starts its pip."""
    inside = [str(PYTHON), "-m", "pip"]
    if PYTHON.exists() and subprocess.run([*inside, "--version"], capture_output=True).returncode == 0:
        return inside
    if not find_spec("ensurepip"):
        if pip := outside_pip():
            subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=True)
            return [*pip, "--python", str(PYTHON)]
        install_venv_module()
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    return inside


def install_venv_module():
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NotReady(NO_PIP)
    print("正在安装 python3-venv …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdin=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3.11-venv"]
    if subprocess.run(install, env=environment, stdin=subprocess.DEVNULL).returncode:
        raise NotReady(APT_FAILED)


def install(pip, level):
    command = [*pip, "install", "--disable-pip-version-check", "--no-input", "-q", "-r", str(ROOT / FILES[level][-1])]
    if folder := wheelhouse():
        command += ["--no-index", "--find-links", str(folder)]
    print(f"正在安装依赖（{FILES[level][-1]}），首次约需一分钟 …", flush=True)
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
        raise NotReady(PIP_FAILED)
    for each in FILES:
        stamp(each).write_text(fingerprint(each))
        if each == level:
            break


def main(level):
    # The machine's own Python may be any; only the environment is known to be new enough.
    if sys.version_info < (3, 11):  # noqa: UP036
        raise NotReady(OLD_PYTHON.format(version=sys.version.split()[0]))
    if not ready(level):
        install(create(), level)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except NotReady as refusal:
        sys.exit(str(refusal))
