#!/usr/bin/python3
"""tidy.py BUILD: clang-tidy over src, two files at a time, by the .clang-tidy of the root.

A file that passed is not looked at again until it, a header of ours that it includes, its compile command, the checks or
clang-tidy itself change: BUILD/tidy keeps one empty file per passed state, named by the hash of all of these."""
import concurrent.futures
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(rb'^#include "([^"]+)"', re.M)
SETTLED = ("-include", "-D", "-std", "-f")  # what of a compile command changes the code that is seen


def read(path, known={}):
    if path not in known:
        known[path] = path.read_bytes()
    return known[path]


def sources_of(path, seen):
    """PATH and all of our headers below it, added to SEEN."""
    if path in seen:
        return
    seen.add(path)
    for name in INCLUDE.findall(read(path)):
        for folder in (path.parent, ROOT / "include"):
            if (folder / name.decode()).is_file():
                sources_of((folder / name.decode()).resolve(), seen)
                break


def state_of(path, command, tidy):
    seen = {ROOT / ".clang-tidy", ROOT / "include" / "zhoubao" / "banned.h"}
    sources_of(path, seen)
    digest = hashlib.sha256(tidy + " ".join(word for word in command.split() if word.startswith(SETTLED)).encode())
    for source in sorted(seen):
        digest.update(b"%d " % len(read(source)) + str(source.relative_to(ROOT)).encode() + read(source))
    return digest.hexdigest()


def complaints(build, path):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", build, path], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    found = done.stdout.decode("utf-8", "replace").strip()
    return found or (done.stderr.decode("utf-8", "replace").strip() if done.returncode else "")


def main():
    build = Path(sys.argv[1]).resolve()
    passed = build / "tidy"
    passed.mkdir(exist_ok=True)
    tidy = subprocess.run(["clang-tidy", "--version"], stdout=subprocess.PIPE, check=True).stdout
    commands = {(build / row["file"]).resolve(): row["command"] for row in json.loads((build / "compile_commands.json").read_text())}
    ours = {path: passed / state_of(path, command, tidy) for path, command in sorted(commands.items()) if (ROOT / "src") in path.parents}
    marks = {mark.name for mark in ours.values()}
    for mark in passed.iterdir():  # states that are past
        if mark.name not in marks:
            mark.unlink(missing_ok=True)
    waiting = [path for path, mark in ours.items() if not mark.exists()]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path, found in zip(waiting, pool.map(lambda path: complaints(build, path), waiting)):
            if found:
                bad += 1
                print(found)
            else:
                ours[path].touch()
    print(f"{'not ok' if bad or not ours else 'ok'} 1 - clang-tidy: {len(ours)} files, {len(waiting)} looked at, {bad} with warnings")
    return 1 if bad or not ours else 0


sys.exit(main())
