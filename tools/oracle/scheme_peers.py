"""Other converters on the same samples, in every scheme that they have: TensorFlow's converter or litert-quantizer.

    python scheme_peers.py JOB.json

JOB.json is { tool: "tensorflow" | "litert", model, shape, samples, count, runs: [{ scheme, out }] }; `samples` as in
peers.py. Schemes are named as in Wherry, and "int8-float-io". For each run `out` is written and one JSON line on stdout
tells {} or { error }.
"""
import json
import os
import sys

import numpy as np

from peers import last_line, signed


def tensorflow(path):
    import tensorflow as tf

    model = None if os.path.isdir(path) else tf.keras.models.load_model(path, compile=False)
    sets = tf.lite.OpsSet
    wide = sets.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8

    def convert(scheme, samples):
        if model is None:
            converter = tf.lite.TFLiteConverter.from_saved_model(path)
        else:
            converter = tf.lite.TFLiteConverter.from_keras_model(model)
        if scheme == "int4":
            raise NotImplementedError("has no int4 weights")
        if scheme != "float32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if scheme == "float16":
            converter.target_spec.supported_types = [tf.float16]
        if scheme.startswith("int"):
            converter.representative_dataset = lambda: ([sample] for sample in samples)
            converter.target_spec.supported_ops = [wide if scheme == "int16x8" else sets.TFLITE_BUILTINS_INT8]
        if scheme in ("int8", "int16x8"):
            own = tf.int8 if scheme == "int8" else tf.int16
            converter.inference_input_type = converter.inference_output_type = own
        return converter.convert()

    return convert


def litert(path):
    from litert_quantizer import quantizer, recipe, recipe_manager

    content, signature = signed(path)
    key, [entry] = signature.signatureKey.decode(), signature.inputs
    name = entry.name.decode()

    def recipe_of(scheme):
        if scheme == "dynamic-range":
            return recipe.dynamic_wi8_afp32()
        if scheme == "int8":
            return recipe.static_wi8_ai8()
        if scheme == "int16x8":
            return recipe.static_wi8_ai16()
        manager = recipe_manager.RecipeManager()
        names, keys, types = recipe.TFLOperationName, recipe.AlgorithmName, recipe.qtyping
        if scheme == "float16":
            halves = types.TensorQuantizationConfig(num_bits=16, dtype=types.TensorDataType.FLOAT)
            config = types.OpQuantizationConfig(weight_tensor_config=halves,
                                                compute_precision=types.ComputePrecision.FLOAT, explicit_dequantize=True)
            manager.add_quantization_config(".*", names.ALL_SUPPORTED, config, keys.FLOAT_CASTING)
            return manager.get_quantization_recipe()
        manager.add_static_config(".*", names.ALL_SUPPORTED, 8, 4 if scheme == "int4" else 8)
        if scheme == "int8-float-io":
            for end in (names.INPUT, names.OUTPUT):
                manager.add_quantization_config(".*", end, algorithm_key=keys.NO_QUANTIZE)
        return manager.get_quantization_recipe()

    def convert(scheme, samples):
        if scheme == "float32":
            raise NotImplementedError("is given the float model")
        tool = quantizer.Quantizer(bytearray(content), recipe_of(scheme))
        feeds = {key: [{name: sample} for sample in samples]}
        calibrated = tool.calibrate(feeds, num_threads=1) if scheme.startswith("int") else None
        return bytes(tool.quantize(calibrated).quantized_model)

    return convert


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    samples = list(np.fromfile(job["samples"], dtype="<f4").reshape([job["count"], *job["shape"]]))
    convert = None
    for run in job["runs"]:
        try:
            convert = convert or {"tensorflow": tensorflow, "litert": litert}[job["tool"]](job["model"])
            content = convert(run["scheme"], samples)
            with open(run["out"], "wb") as out:
                out.write(content)
            print(json.dumps({}), flush=True)
        except Exception as error:  # noqa: BLE001 - whatever a converter raises is a result here
            print(json.dumps({"error": last_line(error)}), flush=True)


if __name__ == "__main__":
    main()
