"""Fills in a sheet as a spreadsheet program would and saves it anew, with openpyxl 3.1.5: shared strings, number cells,
moved columns, an inserted title row, a formula with and without a value, rich text.

Reads rater-1.xlsx, a sheet that Tunebench wrote (three prompts, one model, one pair a prompt), and writes
../resources/org/tunebench/eval/rating/returned.xlsx. Run: python returned_workbook.py rater-1.xlsx
"""

import pathlib
import sys

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

workbook = openpyxl.load_workbook(sys.argv[1])
ratings = workbook["Ratings"]
validations = ratings.data_validations.dataValidation
assert sorted(str(v.sqref) for v in validations) == ["D2:D7", "E2:E7", "F2:F7", "G2:G7"], validations
assert all(v.type == "list" and v.formula1 == '"1,2,3,4,5"' and not v.hide_drop_down for v in validations)
assert ratings.protection.sheet and ratings.freeze_panes == "B2"
assert ratings["C2"].protection.locked and not ratings["D2"].protection.locked and not ratings["H2"].protection.locked
assert ratings["C2"].alignment.wrap_text and ratings["C2"].data_type == "s"

ratings.protection.sheet = False
for row in range(2, 8):
    for column in "DEFG":
        ratings[f"{column}{row}"] = 1 + row % 5
ratings["D3"] = "4"
ratings["E3"] = 4.0
ratings["D4"] = None
ratings["F5"] = "=2+3"
ratings["H2"] = CellRichText("so ", TextBlock(InlineFont(b=True), "so"))
ratings["G6"] = 9
ratings.insert_rows(1)
ratings["A1"] = "Sheet of Ann"
ratings.move_range("H1:H8", cols=2)
workbook["Pairs"]["E2"] = "A"
workbook["Pairs"]["E3"] = "both bad"
target = pathlib.Path(__file__).parent.parent / "resources/org/tunebench/eval/rating/returned.xlsx"
target.parent.mkdir(parents=True, exist_ok=True)
workbook.save(target)
