"""Reads back what `SONDEO_FILES=FOLDER cargo test --test report` kept in a folder, with other programs' readers: each workbook
(openpyxl) and each SPSS file (pyreadstat) cell by cell against the CSV beside it. Says how many cells were compared; stops at
the first that differs. See docs/files.md."""

import csv
import datetime
import pathlib
import sys

import openpyxl
import pyreadstat


def lines(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def plain(text):
    """A CSV's text without the guard against formulas."""
    guarded = text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r")
    return text[1:] if guarded else text


def as_xml(text):
    return plain(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "")


def same_number(cell, text):
    try:
        return float(cell) == float(text)
    except (TypeError, ValueError):
        return False


def workbook(path, known):
    sheet = openpyxl.load_workbook(path).worksheets[1]
    compared = 0
    for row, wanted in zip(sheet.iter_rows(), known, strict=True):
        for cell, text in zip(row, wanted, strict=True):
            assert cell.data_type != "f", f"{path}: a formula in {cell.coordinate}"
            value = cell.value
            if isinstance(value, datetime.datetime):
                value = value.date().isoformat()
                text = text if len(text) > 7 else f"{text}-01"
            value = "" if value is None else str(value).replace("_x005F_", "_")
            good = value == as_xml(text) or same_number(value, text)
            assert good, f"{path}: {cell.coordinate} is {value!r}, not {text!r}"
            compared += 1
    return compared


def spss(path, known):
    """Values and labels against the CSV with labels."""
    table, meta = pyreadstat.read_sav(str(path), user_missing=True)
    header = known[0]
    # A question of several answers has no variable of its own.
    whole = {name.rsplit("/", 1)[0] for name in header if "/" in name}
    kept = [at for at, name in enumerate(header) if name not in whole]
    assert len(kept) == len(meta.column_names), f"{path}: {len(kept)} columns, {len(meta.column_names)} variables"
    compared = strays = 0
    for at, name in zip(kept, meta.column_names):
        labels = meta.variable_value_labels.get(name, {})
        numeric = not meta.original_variable_types[name].startswith("A")
        date = meta.original_variable_types[name].startswith("DATE")
        for row, value in enumerate(table[name]):
            text = plain(known[row + 1][at])
            if not numeric:
                good = value == ("" if text == "NA" else text.rstrip(" "))
            elif value is None or value != value:
                good = text == ""
            elif date:
                day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value)[:10])
                blank = day == datetime.date(1582, 10, 15)
                good = text == ("NA" if blank else day.isoformat()[: len(text)])
            else:
                label = labels.get(value)
                blank = label in ("Sin respuesta", "No answer")
                stray = blank and text not in ("NA", *labels.values()) and not same_number(value, text)
                strays += stray
                good = text == "NA" if blank and not stray else stray or text == label or same_number(value, text)
            assert good, f"{path}: {name}, row {row + 1} is {value!r}, not {text!r}"
            compared += 1
    print(f"{path.name}: {strays} answers fit no choice")
    return compared


def main():
    folder = pathlib.Path(sys.argv[1])
    compared = {"workbooks": 0, "SPSS files": 0}
    for path in sorted(folder.glob("*.csv")):
        stem = path.name.removesuffix(".labels.csv").removesuffix(".csv")
        labels = path.name.endswith(".labels.csv")
        if (other := folder / f"{stem}.xlsx").exists() and not labels:
            compared["workbooks"] += workbook(other, lines(path))
        if (other := folder / f"{stem}.sav").exists() and labels:
            compared["SPSS files"] += spss(other, lines(path))
    assert all(compared.values()), f"nothing to compare in {folder}: {compared}"
    print(", ".join(f"{count} cells of {kind}" for kind, count in compared.items()))


if __name__ == "__main__":
    main()
