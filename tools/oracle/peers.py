"""Other converters on the same samples: full int8 by TensorFlow's converter or by litert-quantizer.

    python peers.py JOB.json

JOB.json is { tool: "tensorflow" | "litert", model, shape, runs: [{ samples, count, out }] }. `samples` holds float32
inputs of `shape` (with the batch), one after the other. The model is read once; for each run `out` is written and one
JSON line on stdout tells { seconds } or { error }.
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")

import numpy as np  # noqa: E402


def tensorflow(path):
    import tensorflow as tf

    def source():
        if os.path.isdir(path):
            return tf.lite.TFLiteConverter.from_saved_model(path)
        return tf.lite.TFLiteConverter.from_keras_model(model)

    model = None if os.path.isdir(path) else tf.keras.models.load_model(path, compile=False)

    def check(content):
        tf.lite.Interpreter(model_content=content).allocate_tensors()

    def convert(samples):
        converter = source()
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([sample] for sample in samples)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.int8
        converter.inference_output_type = tf.int8
        return converter.convert()

    return convert, check


def signed(path):
    """The file's content and the name of its input; without a signature, through which calibration feeds, it gets one."""
    from ai_edge_litert import schema_py_generated as schema
    from ai_edge_litert.tools import flatbuffer_utils

    model = flatbuffer_utils.read_model(path)
    if not model.signatureDefs:
        graph = model.subgraphs[0]
        signature = schema.SignatureDefT()
        signature.signatureKey, signature.subgraphIndex = b"serving_default", 0
        signature.inputs, signature.outputs = [], []
        for named, ids, tensors in ((b"in", graph.inputs, signature.inputs), (b"out", graph.outputs, signature.outputs)):
            for position, tensor in enumerate(ids):
                entry = schema.TensorMapT()
                entry.name, entry.tensorIndex = named + str(position).encode(), tensor
                tensors.append(entry)
        model.signatureDefs = [signature]
    [signature] = model.signatureDefs
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model)), signature


def litert(path):
    from ai_edge_litert.interpreter import Interpreter
    from litert_quantizer import quantizer, recipe

    content, signature = signed(path)
    key, [entry] = signature.signatureKey.decode(), signature.inputs
    name = entry.name.decode()

    def convert(samples):
        tool = quantizer.Quantizer(bytearray(content), recipe.static_wi8_ai8())
        calibrated = tool.calibrate({key: [{name: sample} for sample in samples]}, num_threads=1)
        return bytes(tool.quantize(calibrated).quantized_model)

    def check(content):
        Interpreter(model_content=content).allocate_tensors()

    return convert, check


def last_line(error):
    text = str(error).strip()
    return f"{type(error).__name__}: {text.splitlines()[-1][:200] if text else ''}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    convert = check = None
    for run in job["runs"]:
        start = time.monotonic()
        try:
            if convert is None:
                convert, check = {"tensorflow": tensorflow, "litert": litert}[job["tool"]](job["model"])
            samples = np.fromfile(run["samples"], dtype="<f4").reshape([run["count"], *job["shape"]])
            content = convert(list(samples))
            # What a converter writes need not run in its own runtime.
            check(content)
            with open(run["out"], "wb") as out:
                out.write(content)
            print(json.dumps({"seconds": round(time.monotonic() - start, 2)}), flush=True)
        except Exception as error:  # noqa: BLE001 - whatever a converter raises is a result here
            print(json.dumps({"error": last_line(error)}), flush=True)


if __name__ == "__main__":
    main()
