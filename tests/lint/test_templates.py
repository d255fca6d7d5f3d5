"""templates/README.md names every template and every variable: held against the templates and against the code that fills them."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
README = (TEMPLATES / "README.md").read_text("utf-8")
SUFFIXES = {"zb_context_day": ("", "_day"), "zb_context_markup": ("_html", "_text", "_markdown"), "zb_site_refs": ("", "has_"), "zb_site_notes": ("", "has_")}
NOT_FOR_TEMPLATES = {"src/publish/feed.c": {"version", "home_page_url", "feed_url", "authors", "name", "content_text", "date_published", "date_modified", "items", "id", "language", "description"},
                     "src/publish/page_issue.c": {"name"}, "src/publish/page_post.c": {"body_text", "body_markdown"}}


def objects():
    """{object: its names}, from the second half of the page."""
    half = README.split("## Objects", 1)[1]
    return {name: set(re.findall(r"`([a-z_0-9]+)`", body)) for name, body in re.findall(r"\*\*(\w+)\*\*: (.*?)(?=\n\n|\Z)", half, re.S)}


def rows():
    """{template: its objects}, from the table."""
    found = {}
    for cells in re.findall(r"^\| (`.*?) \| .*? \| (.*?) \|$", README, re.M):
        for name in re.findall(r"`([^`]+)`", cells[0]):
            found[name] = set(cells[1].split())
    return found


def public_templates():
    names = {str(path.relative_to(TEMPLATES))[:-len(".mustache")]: path for path in TEMPLATES.rglob("*.mustache")}
    return {name: path for name, path in names.items() if not name.startswith(("desk/", "init/", "themes/"))}


def tags(text):
    """Names that a template looks up, each in its parts."""
    for sigil, name in re.findall(r"\{\{\{?\s*([#^&/>!<$]?)\s*([\w./-]+)", text):
        if sigil not in ("/", ">", "<", "$", "!") and name != ".":
            yield name.split(".")


def test_every_template_is_in_the_table():
    assert set(rows()) == set(public_templates())
    assert all(used <= set(objects()) for used in rows().values())


def test_a_template_uses_documented_names_only():
    known, table = objects(), rows()
    themed = {f"themes/office/{name}": name for name in ("partials/original", "card")}
    paths = {**public_templates(), **{name: TEMPLATES / f"{name}.mustache" for name in themed}}
    for name, path in paths.items():
        allowed = set(known["root"]) | {"site", "page"}
        for used in table[themed.get(name, name)]:
            allowed |= known[used]
        unknown = {".".join(parts) for parts in tags(path.read_text("utf-8")) if not set(parts) <= allowed}
        assert not unknown, f"{name}: {unknown}"


def names_in_code():
    """{name: file} of what the program puts into the contexts of render and publish."""
    call = re.compile(r'(zb_(?:json|view)_(?:text|int|bool|time|strv)|zb_context_day|zb_context_markup|zb_site_refs|zb_site_notes|(?:json_builder|zb_view)_set_member_name)\s*\((?:site, )?b,\s*"([a-z_]+)"')
    built = re.compile(r'(?:set_suffixed|build_items|build_neighbour|build_lines|add_times|build_time\w*)\s*\([^;]*?"([a-z_]+)"')
    found = {}
    for folder in ("render", "publish"):
        for path in (ROOT / "src" / folder).glob("*.c"):
            if path.name in ("mail.c", "record.c"):
                continue
            where = f"src/{folder}/{path.name}"
            text = path.read_text("utf-8")
            for function, name in call.findall(text):
                forms = SUFFIXES.get(function, ("",))
                for form in forms:
                    full = form + name if form == "has_" else name + form
                    found.setdefault(full, where)
            for name in built.findall(text):
                found.setdefault(name, where)
                found.setdefault("has_" + name, where)
    return found


def test_what_the_code_fills_in_is_documented():
    documented = set().union(*objects().values()) | {"root", "site", "page"}
    missing = {name: where for name, where in names_in_code().items()
               if name not in documented and name not in NOT_FOR_TEMPLATES.get(where, set()) and not name.startswith(("has_", "_"))}
    assert not missing


def test_what_is_documented_is_filled_in():
    code = "".join(path.read_text("utf-8") for folder in ("render", "publish", "deliver", "desk") for path in (ROOT / "src" / folder).glob("*.c"))
    for name in set().union(*objects().values()):
        stems = {name, name.removeprefix("has_"), *(name.removesuffix(s) for s in ("_day", "_html", "_text", "_markdown", "_rfc5322"))}
        assert any(f'"{stem}"' in code for stem in stems), name
