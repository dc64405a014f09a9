"""Runs pairs of .tflite files in TFLite Micro on the same seeded inputs and says whether their outputs are the same bytes.

    python tflm_same.py [--litert] ORIGINAL WRITTEN [ORIGINAL WRITTEN ...]

Samples 0-3 are boundary inputs (all least, all greatest, all zero point, alternating), the others random over the full
range; real inputs over the range that the model quantizes. With --litert they run in LiteRT. Prints one JSON object: path of the written file -> {"samples", "outputs", "different", "distinct"}, or
{"error": text} where the runtime does not run one of the two. `different`: samples with a byte that differs;
`distinct`: how many different answers the original gave, so that a constant one is seen.
"""

import json
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter as LiteRt
from tflite_micro.python.tflite_micro import runtime
from tflm_layers import read, sample_of

SAMPLES = 12
PLENTY = 64 << 20


def answers(content, feeds):
    """The bytes of all outputs for each sample."""
    interpreter = runtime.Interpreter.from_bytes(content, arena_size=PLENTY)
    given = []
    for inputs in feeds:
        for position, value in enumerate(inputs):
            interpreter.set_input(value, position)
        interpreter.invoke()
        given.append(b"".join(interpreter.get_output(i).tobytes() for i in range(outputs_of(content))))
    return given


def answers_in_litert(content, feeds):
    interpreter = LiteRt(model_content=content)
    interpreter.allocate_tensors()
    details, given = interpreter.get_output_details(), []
    for inputs in feeds:
        for detail, value in zip(interpreter.get_input_details(), inputs):
            interpreter.set_tensor(detail["index"], value.reshape(detail["shape"]))
        interpreter.invoke()
        given.append(b"".join(interpreter.get_tensor(detail["index"]).tobytes() for detail in details))
    return given


def outputs_of(content):
    return len(read_bytes(content).subgraphs[0].outputs)


def read_bytes(content):
    from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

    return schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))


def reach_of(model, index):
    """What a real input is quantized by says which values it is made for; 1 where nothing does."""
    graph = model.subgraphs[0]
    for operator in graph.operators:
        if index in [int(i) for i in operator.inputs]:
            made = graph.tensors[int(operator.outputs[0])].quantization
            return 128.0 * float(made.scale[0]) if made is not None and made.scale is not None and len(made.scale) else 1.0
    return 1.0


def feed_of(model, index, number, rng):
    value = sample_of(model.subgraphs[0].tensors[index], number, rng)
    return (value * np.float32(reach_of(model, index))) if value.dtype == np.float32 else value


def compare(original, written, run):
    before, model = read(original)
    after, _ = read(written)
    rng = np.random.default_rng(7)
    graph = model.subgraphs[0]
    feeds = [[feed_of(model, int(i), n, rng) for i in graph.inputs] for n in range(SAMPLES)]
    theirs, ours = run(before, feeds), run(after, feeds)
    return {
        "samples": SAMPLES,
        "outputs": outputs_of(before),
        "different": sum(a != b for a, b in zip(theirs, ours)),
        "distinct": len(set(theirs)),
    }


def main():
    results = {}
    pairs = [word for word in sys.argv[1:] if word != "--litert"]
    run = answers if len(pairs) == len(sys.argv) - 1 else answers_in_litert
    for original, written in zip(pairs[::2], pairs[1::2]):
        try:
            results[written] = compare(original, written, run)
        except Exception as error:  # Whatever the runtime says is the answer.
            results[written] = {"error": str(error)[:300]}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
