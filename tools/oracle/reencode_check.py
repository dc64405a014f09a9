"""Runs each model and what our codec wrote of it in two reference runtimes: the outputs must be the same bytes.

    node tools/oracle/reencode-models.mjs MODELS OUT && python tools/oracle/reencode_check.py OUT

Prints a line for each model that a runtime cannot load or run in its original form, and one line of figures per runtime;
exits 1 when a pair differs or ours fails where the original runs. Every run
is a process of its own: TensorFlow Lite Micro ends the process on some models.
"""
import hashlib
import json
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from tensorflow.lite.python import schema_py_generated as schema  # noqa: E402
from tflite_micro.python.tflite_micro import runtime as tflm  # noqa: E402

RUNS = 3
ARENA_BYTES = 64 << 20


def sample(rng, shape, dtype):
    """Indices and sizes must stay small; other integers take their whole range."""
    if dtype in (np.int8, np.uint8, np.int16):
        limits = np.iinfo(dtype)
        return rng.integers(limits.min, limits.max, size=shape, endpoint=True).astype(dtype)
    if dtype == np.bool_:
        return rng.integers(0, 2, size=shape).astype(np.bool_)
    if np.issubdtype(dtype, np.integer):
        return rng.integers(0, 2, size=shape).astype(dtype)
    return rng.standard_normal(size=shape).astype(dtype)


def digest(values):
    parts = hashlib.sha256()
    for value in values:
        value = np.ascontiguousarray(value)
        parts.update(f"{value.dtype}{value.shape}".encode())
        parts.update(value.tobytes())
    return parts.hexdigest()


def run_tensorflow(path):
    interpreter = tf.lite.Interpreter(
        model_path=path,
        experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        num_threads=1,
    )
    interpreter.allocate_tensors()
    rng = np.random.default_rng(1)
    digests = []
    for _ in range(RUNS):
        for detail in interpreter.get_input_details():
            interpreter.set_tensor(detail["index"], sample(rng, detail["shape"], detail["dtype"]))
        interpreter.invoke()
        digests.append(digest(interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()))
    return digests


def run_tflm(path):
    model = pathlib.Path(path).read_bytes()
    interpreter = tflm.Interpreter.from_bytes(model, arena_size=ARENA_BYTES)
    main_graph = schema.Model.GetRootAsModel(model, 0).Subgraphs(0)
    rng = np.random.default_rng(1)
    digests = []
    for _ in range(RUNS):
        for position in range(main_graph.InputsLength()):
            detail = interpreter.get_input_details(position)
            interpreter.set_input(sample(rng, detail["shape"], detail["dtype"]), position)
        interpreter.invoke()
        digests.append(digest(interpreter.get_output(i) for i in range(main_graph.OutputsLength())))
    return digests


def in_child(run, path):
    """The digests of a run, or a sentence that says why there are none."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            answer = run(path)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent prints it
            answer = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if text else f"the process ended with status {status}"


def check(name, run, pairs):
    same, left_out, faults = 0, 0, 0
    for pair in pairs:
        original = in_child(run, pair["path"])
        if isinstance(original, str):
            left_out += 1
            print(f"left out: {name}: {pair['path']}: {original[:120]}")
            continue
        ours = in_child(run, pair["written"])
        if ours == original:
            same += 1
        else:
            faults += 1
            print(f"DIFFERENT: {name}: {pair['path']}: {ours if isinstance(ours, str) else 'other outputs'}")
    print(f"{name}: {same} of {same + faults} re-encoded models give identical outputs on {RUNS} inputs; {left_out} originals do not run")
    return faults


def main():
    pairs = json.loads(pathlib.Path(sys.argv[1], "index.json").read_text())
    before, after = (sum(pair[key] for pair in pairs) for key in ("bytes", "writtenBytes"))
    print(f"size: {len(pairs)} models, {before} bytes before, {after} after")
    faults = check("TensorFlow Lite", run_tensorflow, pairs) + check("TensorFlow Lite Micro", run_tflm, pairs)
    sys.exit(1 if faults > 0 or not pairs else 0)


if __name__ == "__main__":
    main()
