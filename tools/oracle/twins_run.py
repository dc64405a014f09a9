"""Runs .tflite models on given real-valued samples in TFLite Micro or TensorFlow's interpreter.

    python twins_run.py JOBS.json

JOBS.json is a list of { model, feeds, samples, runtime: "tflm" | "tensorflow", out }. `feeds` holds float32 samples, one
after the other, each with all model inputs in order; they are quantized to the model's input type here, rounding half
away from zero after a float32 division. Every sample begins with states of zero. `out` gets the raw output bytes, sample after sample; one JSON line per job on
stdout tells { outputs: [{ dtype, scale, zeroPoint, count }] } or { error }. Every job is a process of its own, because
TFLite Micro ends the process on some models.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from tflite_micro.python.tflite_micro import runtime as tflm  # noqa: E402

ARENA_BYTES = 64 << 20


def quantized(values, detail):
    dtype = np.dtype(detail["dtype"])
    scale, zero_point = scale_of(detail)
    if dtype.kind == "f" or scale == 0.0:
        return values.astype(dtype)
    steps = values / np.float32(scale)
    rounded = np.where(steps < 0, -np.floor(-steps + np.float32(0.5)), np.floor(steps + np.float32(0.5)))
    limits = np.iinfo(dtype)
    return np.clip(rounded + zero_point, limits.min, limits.max).astype(dtype)


def scale_of(detail):
    parameters = detail["quantization_parameters"]
    if len(parameters["scales"]) == 0:
        return 0.0, 0
    return float(parameters["scales"][0]), int(parameters["zero_points"][0])


class Micro:
    def __init__(self, path, inputs, outputs):
        self._interpreter = tflm.Interpreter.from_file(path, arena_size=ARENA_BYTES)
        self._inputs, self._outputs = inputs, outputs

    def run(self, values):
        self._interpreter.reset()
        for position, value in enumerate(values):
            self._interpreter.set_input(value, position)
        self._interpreter.invoke()
        return [self._interpreter.get_output(position) for position in range(self._outputs)]

    def details(self):
        return ([self._interpreter.get_input_details(i) for i in range(self._inputs)],
                [self._interpreter.get_output_details(i) for i in range(self._outputs)])


class TensorFlow:
    def __init__(self, path):
        self._interpreter = tf.lite.Interpreter(model_path=path, num_threads=1)
        self._interpreter.allocate_tensors()

    def run(self, values):
        self._interpreter.reset_all_variables()
        for detail, value in zip(self._interpreter.get_input_details(), values):
            self._interpreter.set_tensor(detail["index"], value)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(detail["index"]) for detail in self._interpreter.get_output_details()]

    def details(self):
        return self._interpreter.get_input_details(), self._interpreter.get_output_details()


def open_model(job):
    if job["runtime"] != "tflm":
        return TensorFlow(job["model"])
    return Micro(job["model"], job["inputs"], job["outputs"])


def run(job):
    model = open_model(job)
    inputs, outputs = model.details()
    sizes = [int(np.prod(detail["shape"])) for detail in inputs]
    feeds = np.fromfile(job["feeds"], dtype="<f4").reshape(job["samples"], -1)
    if feeds.shape[1] != sum(sizes):
        raise ValueError(f"the model takes {sum(sizes)} values, the samples hold {feeds.shape[1]}")
    with open(job["out"], "wb") as out:
        for feed in feeds:
            parts = np.split(feed, np.cumsum(sizes)[:-1])
            values = [quantized(part, detail).reshape(detail["shape"]) for part, detail in zip(parts, inputs)]
            for value in model.run(values):
                out.write(np.ascontiguousarray(value).tobytes())
    described = []
    for detail in outputs:
        scale, zero_point = scale_of(detail)
        described.append({"dtype": np.dtype(detail["dtype"]).name, "scale": scale, "zeroPoint": zero_point,
                          "count": int(np.prod(detail["shape"]))})
    return {"outputs": described}


def apart(job):
    """The result of `run` in a child process, or what became of it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            result = run(job)
        except Exception as error:  # noqa: BLE001 - whatever a runtime raises is a result here
            result = {"error": str(error).strip().splitlines()[-1][:200] if str(error).strip() else type(error).__name__}
        os.write(write, json.dumps(result).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(answer) if answer else {"error": f"the process ended with status {status}"}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        jobs = json.load(file)
    for job in jobs:
        print(json.dumps(apart(job)), flush=True)


if __name__ == "__main__":
    main()
