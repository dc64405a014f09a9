"""Random one-operator int8 models with the answers of TFLite Micro and LiteRT, as JSON cases.

    python op_goldens.py OUT_DIR [--cases N] [--seed S] [--only KIND] [--size small|large]

Writes OUT_DIR/<kind>/int8.json. The files committed in packages/graph/fixtures come from `--cases 24 --size small`;
a campaign asks for hundreds of large ones and keeps them out of the repository.
"""

import argparse
import base64
import json
import os

import numpy as np
from ai_edge_litert.interpreter import Interpreter as LiteRt
from tflite_micro.python.tflite_micro import runtime

from one_operator_model import build
from op_cases import KINDS, WITH_WEIGHTS, Draw, f32


def feed(draw, x, number):
    """Random values, or one of the boundary patterns."""
    count = int(np.prod(x["shape"]))
    patterns = [np.full(count, -128), np.full(count, 127), np.full(count, x["zeroPoint"][0]),
                np.resize([-128, 127], count)]
    if draw.all_values:
        return np.arange(-128, 128).astype(np.int8).reshape(x["shape"])
    if number % 6 == 5:
        return patterns[number // 6 % 4].astype(np.int8).reshape(x["shape"])
    return draw.rng.integers(-128, 128, count).astype(np.int8).reshape(x["shape"])


def run_micro(model, x):
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=4 << 20)
    interpreter.set_input(x, 0)
    interpreter.invoke()
    return interpreter.get_output(0)


def run_litert(model, x):
    interpreter = LiteRt(model_content=model)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def text(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def operand(item):
    if item is None:
        return None
    entry = {"shape": item["shape"], "dtype": item["dtype"]}
    if item["scale"] is not None:
        entry["quantization"] = {"scale": [f32(s) for s in item["scale"]], "zeroPoint": item["zeroPoint"],
                                 "axis": item["axis"]}
    if item["data"] is not None:
        entry["data"] = text(item["data"])
    return entry


def make_case(kind, seed, number, small):
    draw = Draw([seed, number, list(KINDS).index(kind)], small)
    version, options, attributes, inputs, output = KINDS[kind](draw)
    x = feed(draw, inputs[0], number)
    model = build(kind, version, options, inputs, [output])
    case = {"kind": kind, "attributes": attributes, "inputs": [operand(i) for i in inputs],
            "output": operand(output), "micro": text(run_micro(model, x))}
    case["inputs"][0]["feed"] = text(x)
    # LiteRT crashes on a depthwise convolution without a bias.
    crashes = kind == "DEPTHWISE_CONV_2D" and len(inputs) == 2
    if kind in WITH_WEIGHTS and set(inputs[1]["zeroPoint"]) == {0} and not crashes:
        try:
            case["litert"] = text(run_litert(model, x))
        except (RuntimeError, ValueError):
            pass  # LiteRT refuses some grouped convolutions; the TFLite Micro answer stands alone
    return case


def main(kinds=KINDS, make=make_case):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--size", choices=["small", "large"], default="small")
    arguments = parser.parse_args()
    for kind in kinds:
        if arguments.only not in (None, kind):
            continue
        cases = [make(kind, arguments.seed, n, arguments.size == "small") for n in range(arguments.cases)]
        folder = os.path.join(arguments.out, kind.lower().replace("_", "-"))
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "int8.json"), "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
        print(kind, len(cases), "cases")


if __name__ == "__main__":
    main()
