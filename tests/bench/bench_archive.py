"""The archive: 520 issues of 14 KB and 10,000 pages, beside libcmark alone in one process and hugo in the same run.

Pictures and the search index are left out where hugo makes none; a line tells what they cost."""
import ctypes
import ctypes.util
import datetime
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ISSUES, MANY, BYTES = 520, 10_000, 14_000
WORDS = "the a of on regulation credit system list court notice province draft comment register company person rule public record blacklist".split()


def paragraphs(random_, size):
    text = ""
    while len(text) < size:
        line = " ".join(random_.choice(WORDS) for _ in range(70))
        text += f"{line.capitalize()}, *{random_.choice(WORDS)}* [read more here](https://notices.example.org/{random_.randrange(10**6)}.html).\n\n"
    return text


def issue(date, random_):
    items, sections = "", ""
    for n in (1, 2, 3):
        heading = f"Development {n} of {date} on {random_.choice(WORDS)} and {random_.choice(WORDS)}"
        items += f"""  - heading: {heading}
    url: https://notices.example.org/{date}/{n}.html
    title: 河北省社会信用信息条例第{n}号
    pinyin: Hebeisheng shehui xinyong xinxi tiaoli
    source: hebei
    published: {date}
    topics: {{type: [legislation], location: [hebei]}}
"""
        sections += f"## {heading}\n\n{paragraphs(random_, BYTES // 3 - 250)}"
    return f"---\ntitle: Weekly – {date}\ndate: {date}\nauthor: Mei Lin\nitems:\n{items}---\nThe summary of the week.\n\n{sections}"


def fill(folder, count):
    """A workspace of COUNT issues, and a hugo site of the same texts; the texts themselves are returned."""
    space, hugo, random_, texts = folder / "ours", folder / "hugo", random.Random(7), []
    (space / "issues" / "weekly").mkdir(parents=True)
    for below in ("content/weekly", "layouts/_default"):
        (hugo / below).mkdir(parents=True)
    (space / "zhoubao.yaml").write_text("title: Weekly\nbase_url: https://weekly.example.org\ntimezone: UTC\nsender: {name: W, address: w@example.org}\n")
    (hugo / "config.toml").write_text('baseURL = "https://weekly.example.org/"\ntitle = "Weekly"\ndisableKinds = ["taxonomy", "term"]\n')
    page = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{{ .Title }}</title></head><body><main><h1>{{ .Title }}</h1>%s</main></body></html>"
    (hugo / "layouts/_default/single.html").write_text(page % "{{ .Content }}")
    (hugo / "layouts/_default/list.html").write_text(page % "<ul>{{ range .Pages }}<li><a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}</ul>")
    monday = datetime.date(2217, 1, 6)
    for n in range(count):
        date = monday - datetime.timedelta(weeks=n)
        text = issue(date, random_)
        texts.append(text.split("---\n", 2)[2].encode())
        (space / "issues/weekly" / f"{date}.md").write_text(text)
        (hugo / "content/weekly" / f"{date}.md").write_text(text)
    return space, hugo, texts


def timed(*command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def best(tries, measure):
    return min(measure() for _ in range(tries))


def parse_alone(texts):
    """libcmark in this process, as the limit: every text to HTML."""
    cmark = ctypes.CDLL(ctypes.util.find_library("cmark"))
    cmark.cmark_markdown_to_html.restype = ctypes.c_void_p
    free = ctypes.CDLL(None).free
    free.argtypes = [ctypes.c_void_p]

    start = time.monotonic()
    for text in texts:
        free(cmark.cmark_markdown_to_html(text, ctypes.c_size_t(len(text)), 0))
    return time.monotonic() - start


def in_turns(tries, *measures):
    """The seconds of each, by turn: the machine's pace moves by a third within a minute."""
    return list(zip(*([measure() for measure in measures] for _ in range(tries))))


def beside(one, other):
    """How many times OTHER the turns of ONE took, in the middle: the best turn of each is a matter of luck."""
    return statistics.median(a / b for a, b in zip(one, other))


def times_of(public):
    return {path: path.stat().st_mtime_ns for path in public.rglob("*") if path.is_file()}


def change_one(space, build):
    """Seconds for one changed issue, and how many of the files written with it have the bytes that they had."""
    path = sorted((space / "issues/weekly").iterdir())[ISSUES // 2]
    changes = iter(range(1000))

    def change():
        path.write_text(re.sub(r"The (\d+ )?summary", f"The {next(changes)} summary", path.read_text(), count=1))
        return timed(*build)
    seconds = best(15, change)
    before, texts = times_of(space / "public"), {path: path.read_bytes() for path in (space / "public").rglob("*") if path.is_file()}
    change()
    written = [path for path, time_ in times_of(space / "public").items() if before.get(path) != time_]
    return seconds, len(written), sum(path.read_bytes() == texts.get(path) for path in written)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        space, hugo, texts = fill(Path(folder) / "few", ISSUES)
        ours = [program, "-C", space, "build", "-q"]
        plain = [*ours, "--no-images", "--no-search"]
        limit, few, theirs = in_turns(25, lambda: parse_alone(texts), lambda: timed(*plain, "--all"), lambda: timed("hugo", "-s", hugo, "--quiet"))
        print(f"libcmark alone, {ISSUES} issues of {sum(map(len, texts)) / ISSUES / 1000:.0f} KB: {statistics.median(limit) * 1000:.0f} ms")
        print(f"build of {ISSUES} issues: {statistics.median(few) * 1000:.0f} ms")
        print(f"build of {ISSUES} issues beside libcmark alone: {beside(few, limit):.2f} times (limit 3)")
        print(f"hugo of {ISSUES} issues: {statistics.median(theirs) * 1000:.0f} ms")
        print(f"hugo beside our build: {beside(theirs, few):.2f} times (2 at least)")
        print(f"build with search and pictures, {ISSUES} issues: {timed(*ours, '--all'):.2f} s")
        timed(*ours)
        seconds, written, same = change_one(space, ours)
        print(f"one changed issue of {ISSUES}: {seconds * 1000:.0f} ms (limit 30)")
        print(f"unchanged among the {written} files that it wrote: {100 * same / max(written, 1):.0f} % (limit 0)")
        print(f"nothing changed, {ISSUES} issues: {best(5, lambda: timed(*ours)) * 1000:.0f} ms")
        space, hugo, texts = fill(Path(folder) / "many", MANY)
        many = statistics.median(timed(program, "-C", space, "build", "-q", "--all", "--no-images", "--no-search") for _ in range(3))
        print(f"build of {MANY} issues: {many:.2f} s")
        print(f"an issue of {MANY} beside one of {ISSUES}: {many / statistics.median(few) / (MANY / ISSUES):.2f} times (in proportion: 1)")


main(Path(sys.argv[1]))
