"""Converts with pyxform what `SONDEO_FILES=FOLDER cargo test --test report xlsform` kept in a folder: each form written as an
XLSForm must become an XForm, with a value for each of its questions. Says how many did; stops where one does not. See
docs/files.md."""

import pathlib
import sys
import xml.etree.ElementTree as tree

try:
    from pyxform.xls2xform import convert
except ImportError:
    sys.exit(print("convert: pyxform is not here, nothing converted"))
import openpyxl

XFORMS = "{http://www.w3.org/2002/xforms}"


def names(path):
    """The names of the rows that become values."""
    rows = openpyxl.load_workbook(path)["survey"].iter_rows(values_only=True)
    header = next(rows)
    kind, name = header.index("type"), header.index("name")
    return {row[name] for row in rows if row[kind] and not str(row[kind]).startswith(("begin", "end"))}


def main():
    converted = values = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsform.xlsx")):
        result = convert(str(path), validate=False)
        leaves = {node.tag.split("}")[-1] for node in tree.fromstring(result.xform).iter()}
        lost = names(path) - leaves
        assert not lost, f"{path.name}: {sorted(lost)} are lost"
        warnings = [warning for warning in result.warnings or [] if "Translations" not in warning]
        print(f"{path.name}: {len(names(path))} values, {len(warnings)} warnings", *warnings[:3], sep="\n  ")
        converted += 1
        values += len(names(path))
    assert converted, f"nothing to convert in {sys.argv[1]}"
    print(f"{converted} forms converted, {values} values")


if __name__ == "__main__":
    main()
