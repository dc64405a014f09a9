"""The fastest peer of the bench: litert-quantizer, static int8, of a float .tflite on the same samples."""
import os
import sys

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))

from litert_quantizer import quantizer, recipe  # noqa: E402
from peers import signed  # noqa: E402


def main():
    model_path, data_path, count, out = sys.argv[1:5]
    content, signature = signed(model_path)
    [entry] = signature.inputs
    name = entry.name.decode()
    data = np.load(data_path, mmap_mode="r")
    samples = [{name: np.array(data[i : i + 1], dtype=np.float32)} for i in range(int(count))]
    tool = quantizer.Quantizer(bytearray(content), recipe.static_wi8_ai8())
    calibrated = tool.calibrate({signature.signatureKey.decode(): samples}, num_threads=os.cpu_count())
    with open(out, "wb") as file:
        file.write(bytes(tool.quantize(calibrated).quantized_model))


main()
