"""Wrong input gets one clear line and a non-zero exit."""
import subprocess

from conftest import PROGRAM


def test_no_workspace_is_said_with_the_way_to_make_one(workspace, tmp_path):
    workspace.root = tmp_path
    line = workspace.fails("queue")
    assert "no workspace" in line and "zhoubao init" in line


def test_broken_yaml_names_file_and_line(workspace):
    workspace.write("zhoubao.yaml", "title: x\nbase_url: [\n")
    assert "zhoubao.yaml:" in workspace.fails("queue")
    workspace.write("zhoubao.yaml", "title: x\nbase_url: https://x.example\ncolour: red\n")
    assert "zhoubao.yaml:3: 'colour'" in workspace.fails("queue")


def test_a_folder_with_files_is_not_made_a_workspace(workspace):
    assert "not an empty folder" in workspace.fails("init", workspace.root)


def test_misuse_is_exit_2(workspace):
    assert "no verb" in workspace.fails("quux", code=2)
    assert "missing" in workspace.fails("init", code=2)
    workspace.fails("queue", "--no-such-option", code=2)


def test_help_is_on_stdout():
    done = subprocess.run([PROGRAM, "--help"], stdout=subprocess.PIPE, check=True)
    assert b"init" in done.stdout and b"inspect" in done.stdout


def test_what_is_no_page_is_named(workspace):
    for name, data, words in (("notice.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF file"), ("x.docx", b"PK\x03\x04" + bytes(90), "a ZIP file"),
                              ("x.bin", bytes(range(256)) * 8, "binary"), ("x.html.gz", b"\x1f\x8b\x08\x00" + bytes(60), "gzip")):
        (workspace.root / name).write_bytes(data)
        assert words in workspace.fails("inspect", "page", workspace.root / name)
        assert words in workspace.fails("clip", workspace.root / name, "--url", "https://example.org/x")
    assert "paste its text" in workspace.fails("clip", workspace.root / "notice.pdf", "--url", "https://example.org/x")
    for nothing in (b"", b" \n", b"<html><script>go()</script></html>"):
        (workspace.root / "empty.html").write_bytes(nothing)
        assert "nothing to read" in workspace.fails("clip", workspace.root / "empty.html", "--url", "https://example.org/x")
    for text in ("<p>Title\x01 with a slip</p>".encode(), "信用<p>".encode("utf-16"), "\ufeff<p>信用".encode("utf-16-le")):
        (workspace.root / "page.html").write_bytes(text)
        workspace.run("inspect", "page", workspace.root / "page.html")
