"""Lists of cases out of files: Annex A workbooks, and plain tables whose columns somebody mapped."""
