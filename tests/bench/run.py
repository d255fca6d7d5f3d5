#!/usr/bin/env python3
"""./dev bench: runs every bench of this folder, or the named ones, and prints one table.

A bench is a program bench_NAME of the build, or bench_NAME.py here. Each line that it prints holds a figure: words, a number
with its unit, and remarks ("ranked 20 of 信用 12.4 ms (limit 15)"); whatever else it prints goes by."""
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

FIGURE = re.compile(r"^(?P<what>.*?\S)[:\s]+(?P<number>\d[\d,.]*)\s*(?P<unit>s|ms|µs|MB|kB|%|[\w./]+/s|x|times)\b(?P<rest>.*)$")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def run(command):
    """The figures that one bench printed."""
    print(f"\n$ {' '.join(map(str, command))}", flush=True)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    found = []
    for line in process.stdout:
        print(line, end="", flush=True)
        match = FIGURE.match(line.strip())
        found += [(match["what"], f"{match['number']} {match['unit']}", match["rest"].strip(" ()"))] if match else []
    return found, process.wait()


def main():
    build, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    here = Path(__file__).resolve().parent
    benches = {p.name.removeprefix("bench_"): [p] for p in sorted((build / "tests" / "bench").glob("bench_*")) if p.is_file() and "." not in p.name}
    benches.update({p.stem.removeprefix("bench_"): [sys.executable, p, build / "zhoubao"] for p in sorted(here.glob("bench_*.py"))})
    unknown = set(names) - set(benches)
    if unknown:
        sys.exit(f"no bench named {', '.join(sorted(unknown))}; there are: {', '.join(sorted(benches))}")
    rows, failed = [], []
    for name in names or sorted(benches):
        figures, code = run(benches[name])
        rows += [(name, *figure) for figure in figures]
        failed += [name] if code else []
    columns = [max((width(row[i]) for row in rows), default=0) for i in range(3)]
    print("\n" + "  ".join(title + " " * (w - len(title)) for title, w in zip(("bench", "figure", "value"), columns)) + "  remark")
    for row in rows:
        print("  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, columns)) + "  " + row[3])
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


main()
