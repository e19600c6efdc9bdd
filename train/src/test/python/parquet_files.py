"""Writes the Parquet files that RecordFileTest reads, with pyarrow 26.0.1.

    python3 parquet_files.py OUTPUT_FOLDER
"""
import pathlib
import sys

import pyarrow
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
rows = pyarrow.table({
    "messages": [
        [{"role": "user", "content": "hé"}, {"role": "assistant", "content": "A"}],
        [{"role": "user", "content": "x"}, {"role": "assistant", "content": None}],
    ],
    "number": [1, None],
    "real": [1.5, 2.5],
    "flag": [True, False],
    "tags": [["a", "b"], None],
    "map": pyarrow.array([[("k", 1)], None], type=pyarrow.map_(pyarrow.string(), pyarrow.int64())),
})
for codec in ["snappy", "zstd", "gzip", "lz4", "none", "brotli"]:
    pyarrow.parquet.write_table(rows, folder / f"messages.{codec}.parquet", compression=codec)
