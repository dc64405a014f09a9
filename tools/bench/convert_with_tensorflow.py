"""The peer of the bench: tf.lite.TFLiteConverter, full int8 with int8 inputs and outputs, on the same samples."""
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy as np
import tensorflow as tf


def samples(path, count):
    """A .npy file [N, ...] of float32 model inputs."""
    data = np.load(path, mmap_mode="r")
    return [np.array(data[i : i + 1], dtype=np.float32) for i in range(count)]


def main():
    model_path, data_path, count, out = sys.argv[1:5]
    model = tf.keras.models.load_model(model_path, compile=False)
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([x] for x in samples(data_path, int(count)))
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    with open(out, "wb") as file:
        file.write(converter.convert())


main()
