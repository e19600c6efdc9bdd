"""TensorBoard's own bytes for a few events, and a reader for a run's event files.

Made with tensorboard 2.21.0, protobuf 7.36.2:

    python events.py golden ../resources/tensorboard/golden.json     what EventFileTest compares with
    python events.py check RUN                                       steps.jsonl and evaluations.jsonl against TensorBoard's view
"""

import io
import json
import pathlib
import struct
import sys

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def framed(event):
    out = io.BytesIO()
    RecordWriter(out).write(event.SerializeToString())
    return out.getvalue().hex()


def golden(path):
    values = [summary_pb2.Summary.Value(tag="train/loss", simple_value=2.5),
              summary_pb2.Summary.Value(tag="train/learning_rate", simple_value=2e-5)]
    events = {
        "file_version": event_pb2.Event(wall_time=1.25, file_version="brain.Event:2"),
        "start": event_pb2.Event(
            wall_time=1.5, step=300, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)),
        "scalars": event_pb2.Event(wall_time=1700000000.125, step=7, summary=summary_pb2.Summary(value=values)),
    }
    pathlib.Path(path).write_text(json.dumps({name: framed(e) for name, e in events.items()}, indent=2) + "\n")


def check(run):
    run = pathlib.Path(run)
    events = event_accumulator.EventAccumulator(str(run / "train/tensorboard"), size_guidance={"scalars": 0})
    events.Reload()

    def lines(name):
        return [json.loads(line) for line in (run / "train" / name).read_text().splitlines()]

    def float32(x):
        return struct.unpack("f", struct.pack("f", x))[0]

    for tag, name, key in [("train/loss", "steps.jsonl", "loss"),
                           ("train/learning_rate", "steps.jsonl", "learning_rate"),
                           ("train/grad_norm", "steps.jsonl", "grad_norm"),
                           ("eval/loss", "evaluations.jsonl", "loss")]:
        wanted = [(r["step"], float32(r[key])) for r in lines(name)]
        seen = [(e.step, e.value) for e in events.Scalars(tag)] if wanted else []
        assert seen == wanted, f"{tag}: {len(seen)} in TensorBoard, {len(wanted)} in {name}"
        print(f"{tag}: {len(seen)} values equal {name}")
    print(f"{len(list((run / 'train/tensorboard').iterdir()))} event files")


{"golden": golden, "check": check}[sys.argv[1]](sys.argv[2])
