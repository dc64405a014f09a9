"""Whether pairs of .tflite files give the same outputs, bit for bit, in three runtimes.

    python same_outputs.py SAMPLES BEFORE AFTER [BEFORE AFTER ...]

The inputs are seeded: all least, all greatest, all zero point, alternating, then random over the full range. Prints one JSON
object: runtime -> one entry per pair: the number of output values that differ, or the sentence with which it refuses a file.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from ai_edge_litert.interpreter import Interpreter as LiteRt  # noqa: E402
from tflite_micro.python.tflite_micro import runtime as tflm  # noqa: E402


def sample(detail, zero, number, rng):
    dtype = np.dtype(detail["dtype"])
    shape = detail["shape"]
    if dtype.kind == "f":
        low, high, drawn = -1.0, 1.0, rng.uniform(-1, 1, shape)
    else:
        info = np.iinfo(dtype)
        low, high, drawn = info.min, info.max, rng.integers(info.min, info.max, shape, endpoint=True, dtype=dtype)
    fixed = [np.full(shape, low), np.full(shape, high), np.full(shape, zero), np.resize([low, high], shape)]
    return (fixed[number] if number < 4 else drawn).astype(dtype)


class Desktop:
    """TensorFlow's interpreter and LiteRT's speak alike. The reference kernels: the others round once."""

    def __init__(self, interpreter):
        self.interpreter = interpreter
        interpreter.allocate_tensors()

    def inputs(self):
        return self.interpreter.get_input_details()

    def zero(self, position):
        return self.inputs()[position]["quantization"][1]

    def run(self, values):
        for detail, value in zip(self.inputs(), values):
            self.interpreter.set_tensor(detail["index"], value)
        self.interpreter.invoke()
        return [np.array(self.interpreter.get_tensor(detail["index"])) for detail in self.interpreter.get_output_details()]


class Micro:
    def __init__(self, path, inputs, outputs):
        self.interpreter = tflm.Interpreter.from_file(path, arena_size=32 << 20)
        self.counts = inputs, outputs

    def inputs(self):
        return [self.interpreter.get_input_details(i) for i in range(self.counts[0])]

    def run(self, values):
        for position, value in enumerate(values):
            self.interpreter.set_input(value, position)
        self.interpreter.invoke()
        return [np.array(self.interpreter.get_output(i)) for i in range(self.counts[1])]


def tensorflow(path):
    kernels = tf.lite.experimental.OpResolverType.BUILTIN_REF
    return Desktop(tf.lite.Interpreter(model_path=path, experimental_op_resolver_type=kernels, num_threads=1))


def litert(path):
    return Desktop(LiteRt(model_path=path, num_threads=1))


def micro(path):
    known = tensorflow(path)
    return Micro(path, len(known.inputs()), len(known.interpreter.get_output_details()))


def differences(load, before, after, samples):
    try:
        first, second, known = load(before), load(after), tensorflow(before)
    except Exception as error:  # noqa: BLE001 - whatever a runtime says of a file is the answer
        return str(error).strip().splitlines()[-1]
    rng = np.random.default_rng(1)
    count = 0
    for number in range(samples):
        values = [sample(detail, known.zero(i), number, rng) for i, detail in enumerate(known.inputs())]
        for ours, theirs in zip(first.run(values), second.run(values)):
            count += int(ours.size) if ours.shape != theirs.shape else int((ours != theirs).sum())
    return count


def main():
    samples, paths = int(sys.argv[1]), sys.argv[2:]
    pairs = list(zip(paths[0::2], paths[1::2]))
    runtimes = {"TFLite Micro": micro, "TensorFlow": tensorflow, "LiteRT": litert}
    print(json.dumps({name: [differences(load, *pair, samples) for pair in pairs] for name, load in runtimes.items()}))


if __name__ == "__main__":
    main()
