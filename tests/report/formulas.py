"""Opens with LibreOffice what `SONDEO_FILES=FOLDER cargo test --test report` kept in a folder: each CSV, with commas and as a
spreadsheet set to semicolons would, and each workbook. No cell may be a formula, whatever people wrote. Says how many cells
were looked at and how many begin like a formula; stops at the first that is one. See docs/files.md."""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Separator, quote, UTF-8, first line, nothing about columns, no language, quoted cells as they come, and formulas looked for.
READ = {"commas": "44,34,76,1,,0,false,true,false,false,false,-1", "semicolons": "59,34,76,1,,0,false,true,false,false,false,-1"}


def opened(path, profile, out, separator=None):
    """The cells of every sheet: text, and the formula if it is one."""
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "fods", "--outdir", str(out)]
    if separator:
        command += [f"--infilter=Text - txt - csv (StarCalc):{READ[separator]}"]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    made = pathlib.Path(out) / f"{path.stem}.fods"
    for _, cell in tree.iterparse(made):
        if cell.tag == f"{TABLE}table-cell":
            yield "".join(cell.itertext()), cell.get(f"{TABLE}formula")
    made.unlink()


def main():
    folder = pathlib.Path(sys.argv[1])
    files = [(path, how) for path in sorted(folder.glob("*.csv")) for how in READ]
    files += [(path, None) for path in sorted(folder.glob("*.xlsx")) if "xlsform" not in path.name]
    assert files, f"nothing to open in {folder}"
    cells = signs = 0
    with tempfile.TemporaryDirectory() as place:
        for path, how in files:
            for text, formula in opened(path, f"{place}/profile", place, how):
                assert formula is None, f"{path.name} with {how}: {text!r} is the formula {formula}"
                cells += 1
                signs += text.lstrip("'").startswith(SIGNS)
    assert signs, "no text that begins like a formula: nothing was tried"
    print(f"{len(files)} openings, {cells} cells, {signs} of them begin like a formula, none is one")


if __name__ == "__main__":
    main()
