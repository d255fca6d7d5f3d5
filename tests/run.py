#!/usr/bin/env python3
"""Runs the tests of a build and closes with a line for people: N passed, N failed, N skipped.

meson runs them, but for the fuzz harnesses, which run beside; a unit test counts each of its cases, a flow test each of
pytest's."""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path


def count(test):
    """(passed, failed, skipped) of one test of meson's log."""
    out = test.get("stdout") or ""
    summary = re.findall(r"(\d+) (passed|failed|skipped|error)", out.splitlines()[-1]) if out.strip() else []
    if summary and "pytest" in " ".join(test["command"]):
        n = {word: int(number) for number, word in summary}
        return n.get("passed", 0), n.get("failed", 0) + n.get("error", 0), n.get("skipped", 0)
    cases = re.findall(r"^(not ok|ok) \d+[^#\n]*(#\s*SKIP)?", out, re.M | re.I)
    passed = sum(word == "ok" and not skip for word, skip in cases)
    failed = sum(word == "not ok" for word, _ in cases)
    skipped = sum(bool(skip) for _, skip in cases)
    fine = test["result"] in ("OK", "SKIP")
    if not cases:
        passed, skipped = int(test["result"] == "OK"), int(test["result"] == "SKIP")
    return passed, failed if fine else max(failed, 1), skipped


def start_fuzz(build):
    """The harnesses, a minute each, beside the other tests: those mostly wait for a browser or a server. At a lower
    priority, but not so low that an input is taken for a hanging one."""
    log = (build / "meson-logs" / "fuzz.txt").open("w+")
    env = dict(os.environ, ZB_FUZZ_BUILD=str(build.resolve() / "fuzz"), ZB_FUZZ_SEED="1")
    script = Path(__file__).resolve().parent / "fuzz" / "run"
    return subprocess.Popen(["nice", "-n", "5", str(script), "60"], stdout=log, stderr=log, env=env), log


def end_fuzz(fuzz, log):
    """The test as meson's log would have it."""
    if fuzz.poll() is None:
        print("waiting for the fuzz harnesses")
    code = fuzz.wait()
    log.seek(0)
    out = log.read()
    print(out, end="")
    return {"stdout": out, "command": ["fuzz"], "result": "FAIL" if code else "OK"}


def main():
    build, names = Path(sys.argv[1]), sys.argv[2:]
    log = build / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    os.environ["LSAN_OPTIONS"] = f"suppressions={Path(__file__).resolve().parent / 'lsan.supp'}:print_suppressions=0"
    fuzz = start_fuzz(build) if not names and shutil.which("clang") else None
    beside = ["--no-suite", "fuzz"] if fuzz else []
    code = subprocess.run(["meson", "test", "-C", str(build), "--print-errorlogs", *beside, *names]).returncode
    tests = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    if fuzz:
        tests.append(end_fuzz(*fuzz))
        code = code or tests[-1]["result"] == "FAIL"
    passed, failed, skipped = (sum(column) for column in zip(*map(count, tests))) if tests else (0, 0, 0)
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if code or failed or not passed else 0


sys.exit(main())
