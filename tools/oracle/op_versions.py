"""The operator versions that TensorFlow gives one-operator models when it writes them anew.

    python op_versions.py FOLDER

FOLDER is that of contract_run.py. Writes FOLDER/versions.json: one version per case, or null where TensorFlow does not take
the model or makes another operator of it (one that does nothing goes).

It may end its process over a model: a child goes on until one kills it.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
from tensorflow.lite.python import convert
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema


def codes(model):
    return {code.builtinCode: code.version
            for code in schema.ModelT.InitFromObj(schema.Model.GetRootAs(model, 0)).operatorCodes}


def version(model):
    if model is None:
        return None
    (own,) = codes(model)
    try:
        # Reads the model, does nothing to it that has no sparse weights, and writes it.
        return codes(bytes(convert.mlir_sparsify(model))).get(own)
    except Exception:
        return None


def read_versions(models):
    """Of the first models: all of them, or up to the one that kills the child, which has none."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "w") as pipe:
            for model in models:
                pipe.write(json.dumps(version(model)) + "\n")
                pipe.flush()
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        versions = [json.loads(line) for line in pipe]
    os.waitpid(child, 0)
    return versions if len(versions) == len(models) else versions + [None]


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "cases.json")) as file:
        cases = json.load(file)
    with open(os.path.join(folder, "cases.bin"), "rb") as file:
        blob = file.read()
    models = [blob[case["model"][0]:sum(case["model"])] if case["versioned"] else None for case in cases]
    versions = []
    while len(versions) < len(models):
        versions += read_versions(models[len(versions):])
    with open(os.path.join(folder, "versions.json"), "w") as file:
        json.dump(versions, file)


if __name__ == "__main__":
    main()
