"""Answers of Keras for seeded inputs, to compare imported models with.

    keras_goldens.py OUT MODEL.h5 ...     the given files
    keras_goldens.py OUT --zoo            small models of every layer, written by Keras 2 and by Keras 3

For each model OUT gets N.json with the path of the file and, per input and output, its shape and float32 values in base64.
"""

import base64
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras as keras3  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras as keras2  # noqa: E402

import keras_zoo  # noqa: E402


def encode(array):
    array = np.ascontiguousarray(array, np.float32)
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def load(path):
    """Keras 2 reads what Keras 2 wrote, and the other way round."""
    import zipfile

    import h5py

    if path.endswith(".keras"):
        with zipfile.ZipFile(path) as archive:
            version = json.loads(archive.read("metadata.json"))["keras_version"]
    else:
        with h5py.File(path, "r") as file:
            version = file.attrs.get("keras_version", b"2")
    version = version.decode() if isinstance(version, bytes) else version
    return (keras3 if version.startswith("3") else keras2).models.load_model(path, compile=False)


def answer(model, seed):
    """Inputs of one sample in the order of the model, and what the model makes of them."""
    random = np.random.default_rng(seed)
    def sample(x):
        dtype = getattr(x.dtype, "name", x.dtype)
        low, high = (-1, 2) if "float" in dtype else (0, 200)
        return random.uniform(low, high, [1] + [int(d) for d in x.shape[1:]]).astype(dtype if high == 200 else np.float32)

    inputs = [sample(x) for x in model.inputs]
    # A model of a fixed batch gets copies of the sample.
    batch = model.inputs[0].shape[0] or 1
    fed = [np.repeat(x, batch, axis=0) for x in inputs]
    outputs = model(fed if len(fed) > 1 else fed[0], training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else list(outputs.values()) if isinstance(outputs, dict) else [outputs]
    return [encode(x) for x in inputs], [encode(np.asarray(y)[:1]) for y in outputs]


def main(out, arguments):
    os.makedirs(out, exist_ok=True)
    # Keras 3 writes operations between layers into .h5 files that it cannot load again: the zoo answers from memory.
    pairs = keras_zoo.write(out, keras2, keras3, tf) if arguments == ["--zoo"] else ((path, load(path)) for path in arguments)
    for number, (path, model) in enumerate(pairs):
        inputs, outputs = answer(model, number)
        with open(os.path.join(out, f"{number}.json"), "w") as file:
            json.dump({"path": path, "inputs": inputs, "outputs": outputs}, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
