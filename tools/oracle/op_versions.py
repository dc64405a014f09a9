"""The operator versions that TensorFlow gives one-operator models when it writes them anew.

    python op_versions.py FOLDER

FOLDER is that of contract_run.py. Writes FOLDER/versions.json: one version per case, or null where TensorFlow does not take
the model or makes another operator of it (one that does nothing goes).
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
    (own,) = codes(model)
    try:
        # Reads the model, does nothing to it that has no sparse weights, and writes it.
        return codes(bytes(convert.mlir_sparsify(model))).get(own)
    except Exception:
        return None


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "cases.json")) as file:
        cases = json.load(file)
    with open(os.path.join(folder, "cases.bin"), "rb") as file:
        blob = file.read()
    versions = [version(blob[case["model"][0]:sum(case["model"])]) for case in cases]
    with open(os.path.join(folder, "versions.json"), "w") as file:
        json.dump(versions, file)


if __name__ == "__main__":
    main()
