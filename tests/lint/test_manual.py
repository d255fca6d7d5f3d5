"""The manual names every verb and option of the program, and every key and limit of the files that people write."""
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["ZB_PROGRAM"]
TABLES = ["src/store/config.c", "src/store/source_file.c", "src/store/issue_file.c", "src/store/post_file.c", "src/publish/glossary.c",
          "src/publish/page_timeline.c"]
KEY = re.compile(r'(?:\{"([a-z_]+)", ZB_YAML_TO|\b(?:FIELD|TEXT|MUST|OWN) \("([a-z_]+)",)')
LIMIT = re.compile(r'ROW \(([a-z_]+),')


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def help_of(*verbs):
    return subprocess.run([PROGRAM, *verbs, "--help"], stdout=subprocess.PIPE, text=True, check=True).stdout


def verbs_below(*verbs):
    """Each verb, with those below it."""
    found = re.findall(r"^  ([a-z-]+)  ", help_of(*verbs).partition("\nVerbs:\n")[2], re.M)
    for verb in found:
        yield (*verbs, verb)
        yield from verbs_below(*verbs, verb)


def words_of(page, macro):
    """What stands behind MACRO in PAGE, also where it stands within another macro's line."""
    for line in page.splitlines():
        if line.startswith("."):
            for part in re.findall(rf"(?:^\.|\s){macro}((?:\s+[^\sA-Z]\S*)+)", line):
                yield from part.split()


def test_every_verb_and_option_is_in_the_manual():
    page = read("man/zhoubao.1")
    told = set(words_of(page, "Cm"))
    options = set(re.findall(r"\s-([a-z][a-z-]+)", page))
    missing = []
    for verbs in verbs_below():
        missing += [" ".join(verbs)] if verbs[-1] not in told else []
        missing += [f"{' '.join(verbs)} --{option}" for option in re.findall(r"--([a-z][a-z-]+)", help_of(*verbs)) if option not in options]
    assert not missing


def test_every_key_and_limit_is_in_the_manual():
    page = read("man/zhoubao.yaml.5")
    told = set(words_of(page, "Ic"))
    missing = [f"{path}: {key}" for path in TABLES for pair in KEY.findall(read(path)) for key in pair if key and key not in told]
    missing += [f"limit {name}" for name in LIMIT.findall(read("src/model/limits.c")) if name not in told]
    assert not missing
