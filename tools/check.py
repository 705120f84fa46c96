"""Style and consistency, all of them even when one fails: `make check`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, "manage.py")
RUFF = (sys.executable, "-m", "ruff")
# As behind nginx: without these the deployment checks would complain of a machine that is not deployed.
PRODUCTION = {"WEIHAI_TLS": "1", "WEIHAI_HOSTS": "weihai.example"}
CHECKS = {
    "ruff format": ((*RUFF, "format", "--check", "."), {}),
    "ruff check": ((*RUFF, "check", "."), {}),
    "数据库迁移文件齐全": ((*MANAGE, "makemigrations", "--check", "--dry-run"), {}),
    "Django 检查（上线配置）": ((*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
}


def main():
    failed = []
    with tempfile.TemporaryDirectory(prefix="weihai-check-") as home:
        clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        for label, (command, extra) in CHECKS.items():
            print(f"=== {label} ===", flush=True)
            if subprocess.run(command, cwd=ROOT, env={**clean, "WEIHAI_HOME": home, **extra}).returncode:
                failed.append(label)
    print(f"检查未通过：{'、'.join(failed)}。" if failed else f"检查全部通过，共 {len(CHECKS)} 项。")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
