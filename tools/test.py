"""The whole suite on PostgreSQL and on SQLite: `make test`, or `python -m tools.test [--engine E] [pytest arguments]`.

Each engine is one ordinary pytest run in a fresh WEIHAI_HOME. Browser stories run on PostgreSQL only: what a browser
sees does not depend on the engine, and they are the slow ones.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tools import browser, postgres

ROOT = Path(__file__).resolve().parent.parent
LABELS = {"postgres": "PostgreSQL", "sqlite": "SQLite"}
# What no engine has a say in (text, imports, sheets of paper, how many queries a page asks), and the widest table, of answers by person: run on the
# first engine of two. `--engine sqlite` runs them there.
ONCE = (
    "papers",
    "test_architecture.py",
    "test_docs.py",
    "test_flat_pages.py",
    "test_frontend.py",
    "test_urls.py",
)
# Several processes hide output and break the debugger; whoever asks for either gets one process.
ONE_PROCESS = ("-n", "--numprocesses", "--pdb", "-s", "--capture", "--collect-only", "--co")
NO_TESTS_COLLECTED = 5


@dataclass
class Outcome:
    engine: str
    code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self):
        counts = f"通过 {self.passed}，失败 {self.failed}，跳过 {self.skipped}"
        verdict = "" if self.code == 0 else f"（pytest 返回 {self.code}）"
        return f"{LABELS[self.engine]}：{counts}，用时 {self.seconds:.0f} 秒{verdict}"


@contextlib.contextmanager
def database(engine):
    """The DATABASE_URL of one run; none means SQLite below WEIHAI_HOME."""
    given = os.environ.get("DATABASE_URL", "")
    if engine == "sqlite":
        yield None
    elif given and not given.startswith("sqlite"):
        yield given
    else:
        with postgres.server() as url:
            yield url


def run(engine, arguments, stories):
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="weihai-test-") as home, database(engine) as url:
        environment = {**os.environ, "WEIHAI_HOME": home, "WEIHAI_PLAIN_STATIC": "1", "PYTHONPATH": str(ROOT)}
        # The number, not the name: a bare container may not know `localhost`, or know it as ::1 first.
        environment.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        print(f"\n=== {LABELS[engine]}{f' {postgres.version(url)}' if url else ''} ===", flush=True)
        report = Path(home) / "junit.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *processes(arguments)]
        if not stories:
            command += ["-m", "not browser", *(f"--ignore=tests/{one}" for one in ONCE)]
        code = subprocess.run([*command, *arguments], cwd=ROOT, env=environment).returncode
        outcome = Outcome(engine, code, time.monotonic() - started)
        count(report, outcome)
    # `make test ARGS=tests/test_story.py` has nothing left for SQLite: that is not a failure.
    if code == NO_TESTS_COLLECTED and not stories:
        outcome.code = 0
    return outcome


def processes(arguments):
    if any(each.startswith(ONE_PROCESS) for each in arguments):
        return []
    # The slow stories stand last, with everything that needs real transactions: whoever has nothing left takes some.
    return ["-n", os.environ.get("WORKERS") or str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


def count(report, outcome):
    if not report.exists():
        return
    for suite in ElementTree.parse(report).iter("testsuite"):
        tests, failures, errors, skipped = (int(suite.get(n, 0)) for n in ("tests", "failures", "errors", "skipped"))
        outcome.failed += failures + errors
        outcome.skipped += skipped
        outcome.passed += tests - failures - errors - skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--engine", choices=["postgres", "sqlite", "both"], default="both")
    options, arguments = parser.parse_known_args()
    engines = list(LABELS) if options.engine == "both" else [options.engine]
    found = browser.find()
    print(f"浏览器：{found}", flush=True)

    outcomes = []
    for position, engine in enumerate(engines):
        try:
            outcomes.append(run(engine, arguments, stories=position == 0))
        except postgres.Unavailable as refusal:
            print(refusal)
            outcomes.append(Outcome(engine, code=1, seconds=0))
    verdict = "测试未通过" if any(outcome.code for outcome in outcomes) else "测试全部通过"
    stories = f"已跳过，{found.missing}" if found.missing else f"只在 {LABELS[engines[0]]} 上运行"
    print(f"\n{verdict}。{'；'.join(map(str, outcomes))}。浏览器用例{stories}。")
    return max(abs(outcome.code) for outcome in outcomes)


if __name__ == "__main__":
    # A terminated runner must still remove its database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
