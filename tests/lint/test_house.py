"""The house rules that a machine can hold: who may include whom, how long a thing may be, where foreign names may stand."""
import concurrent.futures
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Room: the rooms whose public headers it may include, besides its own (src/README.md shows the map).
MAY_INCLUDE = {
    "base": [],
    "model": ["base"],
    "edge": ["base"],
    "store": ["base", "model", "edge"],
    "extract": ["base", "model", "edge"],
    "crawl": ["base", "model", "edge", "store", "extract"],
    "curate": ["base", "model", "edge", "store"],
    "compose": ["base", "model", "edge", "store", "curate"],  # the topics of a picked item
    "render": ["base", "model", "edge", "store"],
    "publish": ["base", "model", "edge", "store", "compose", "render"],  # preflight is the check plus what it looks like
    "deliver": ["base", "model", "edge", "store", "render", "extract"],
    "desk": None,  # all
    "cli": None,
}
OURS = re.compile(r'^#include "zhoubao/(\w+)/', re.M)
FOREIGN = re.compile(r"^#include <(curl/|libxml/|sqlite3|cmark|libesmtp|gmime/|microhttpd|sodium|cyaml/|yaml|zstd|seccomp|uchardet|openssl/|"
                     r"librsvg|cairo|opendkim)", re.M)
ICU = re.compile(r"^#include <unicode/", re.M)


def files(*patterns):
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", *patterns], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).exists()]


SOURCES = files("src/*.c", "src/*.h", "include/*.h")
ALL_C = files("src/*.c", "src/*.h", "include/*.h", "tests/*.c", "tests/*.h")


def room_of(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "src" else parts[2]


def name(path):
    return str(path.relative_to(ROOT))


def test_a_room_includes_only_what_the_map_allows():
    wrong = []
    for path in SOURCES:
        if path.name == "banned.h":
            continue
        room = room_of(path)
        allowed = MAY_INCLUDE[room]
        wrong += [f"{name(path)} includes {other}" for other in OURS.findall(path.read_text("utf-8"))
                  if allowed is not None and other not in [room, *allowed]]
    assert not wrong, "\n".join(wrong)


def test_foreign_headers_stand_in_edge_and_icu_in_base():
    wrong = [name(p) for p in SOURCES if room_of(p) != "edge" and p.name != "banned.h" and FOREIGN.search(p.read_text("utf-8"))]
    wrong += [name(p) for p in SOURCES if p.name != "banned.h" and room_of(p) not in ("base", "edge") and ICU.search(p.read_text("utf-8"))]
    wrong += [name(p) for p in files("include/*.h") if FOREIGN.search(p.read_text("utf-8"))]
    assert not wrong, "\n".join(wrong)


def test_files_stay_under_500_lines_and_headers_under_150():
    wrong = []
    for path in SOURCES:
        lines = path.read_text("utf-8").count("\n")
        limit = 150 if path.suffix == ".h" else 500
        wrong += [f"{name(path)}: {lines} lines, {limit} are allowed"] if lines > limit else []
    assert not wrong, "\n".join(wrong)


def functions(text):
    """(name, number of lines) of each function definition: a line that opens with its name, to the brace in column 0."""
    start = None
    for number, line in enumerate(text.split("\n")):
        opening = re.match(r"(\w+) \(", line)
        if opening and start is None:
            start = number, opening[1]
        elif line == "}" and start is not None:
            yield start[1], number - start[0] + 1
            start = None
        elif re.match(r"(};|\S.*;$)", line) and start is not None and line != "{":
            start = None


def test_functions_stay_under_80_lines():
    wrong = [f"{name(p)}: {f} has {n} lines" for p in files("src/*.c") for f, n in functions(p.read_text("utf-8")) if n > 80]
    assert not wrong, "\n".join(wrong)


def test_half_of_the_functions_fit_in_20_lines():
    lengths = sorted(n for p in files("src/*.c") for _, n in functions(p.read_text("utf-8")))
    assert len(lengths) > 100 and lengths[len(lengths) // 2] <= 20, lengths[len(lengths) // 2]


def test_the_first_line_says_what_the_file_is():
    wrong = [name(p) for p in ALL_C if not p.read_text("utf-8").startswith("/* ")]
    assert not wrong, "\n".join(wrong)


def test_no_file_is_called_utils():
    wrong = [name(p) for p in SOURCES if re.fullmatch(r"(utils?|helpers?|common|misc)\.[ch]", p.name)]
    assert not wrong, "\n".join(wrong)


def test_every_public_header_compiles_alone():
    flags = subprocess.run(["pkg-config", "--cflags", "gio-unix-2.0", "json-glib-1.0"], stdout=subprocess.PIPE, check=True).stdout.decode().split()
    command = ["gcc", "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Werror", "-x", "c", *flags, "-I", str(ROOT / "include")]

    def complaint(path):
        done = subprocess.run([*command, "-include", path, "/dev/null"], stderr=subprocess.PIPE)
        return f"{name(path)}: {done.stderr.decode().splitlines()[0]}" if done.returncode else None

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [line for line in pool.map(complaint, files("include/zhoubao/*/*.h")) if line]
    assert not wrong, "\n".join(wrong)


def test_clang_format_is_applied():
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *map(str, ALL_C)], cwd=ROOT, stderr=subprocess.PIPE)
    assert done.returncode == 0, "\n".join(sorted({line.split(":")[0] for line in done.stderr.decode().splitlines() if "error:" in line}))


def test_the_project_speaks_of_itself_alone():
    wrong = []
    for path in files("src", "include", "templates", "feeds", "issues", "man", "*.md", "dev", "meson.build"):
        if path.suffix in (".png",) or not path.is_file():
            continue
        text = path.read_text("utf-8", "replace")
        wrong += [f"{name(path)}: {word}" for word in re.findall(r"(?<![\w.-])/work/|\.\./shared|\bTODO\b|\bFIXME\b|\bXXX\b", text)]
    assert not wrong, "\n".join(wrong)


def test_every_folder_of_the_map_has_a_readme():
    wrong = [folder for folder in ("src", "include", "feeds", "templates", "issues", "tests") if not (ROOT / folder / "README.md").exists()]
    assert not wrong, wrong


@pytest.mark.parametrize("verb_table", ["src/cli/main.c"])
def test_every_verb_is_in_the_manual(verb_table):
    verbs = re.findall(r"&zb_verb_(\w+)", (ROOT / verb_table).read_text("utf-8"))
    manual = (ROOT / "man" / "zhoubao.1").read_text("utf-8")
    wrong = [verb for verb in verbs if verb != "worker" and not re.search(rf"^\.It Cm {verb}\b", manual, re.M)]
    assert not wrong, wrong
