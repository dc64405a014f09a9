"""Large models for the bench: Keras applications with random weights whose statistics are those of trained ones.

    python make_large_models.py FOLDER

Writes NAME.h5 and NAME.tflite (float) of MobileNetV2, EfficientNetB0 and ResNet50 at 224 x 224, and 100 samples as
NAME.npy. Batch normalization takes its means and variances from the samples, so that values neither vanish nor explode.
"""
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy as np
import tensorflow as tf

SIZE = 224
COUNT = 100
SEED = 7


def pictures(random):
    """[COUNT, SIZE, SIZE, 3], 0 to 255: noise of all sizes, the coarser the stronger, as in photographs."""
    made = []
    for _ in range(COUNT):
        picture = np.zeros((SIZE, SIZE, 3))
        for cells in (4, 8, 16, 32, 56, 112, 224):
            noise = random.normal(size=(cells, cells, 3)) / np.sqrt(cells)
            picture += tf.image.resize(noise, (SIZE, SIZE)).numpy()
        picture = (picture - picture.mean()) / picture.std()
        made.append(np.clip(picture * 55 + random.uniform(90, 150), 0, 255).round())
    return np.stack(made).astype(np.float32)


def settle(model, samples, random):
    """Scales and shifts as training leaves them, and the statistics that follow from the samples."""
    layers = [layer for layer in model.layers if isinstance(layer, tf.keras.layers.BatchNormalization)]
    for layer in layers:
        layer.momentum = 0.0
        channels = layer.moving_mean.shape[0]
        layer.gamma.assign(random.uniform(0.6, 1.4, channels).astype(np.float32))
        layer.beta.assign((random.normal(size=channels) * 0.3).astype(np.float32))
    model(samples[:24], training=True)
    for layer in layers:
        layer.momentum = 0.99
    # Decisions as clear as a trained classifier's are.
    kernel, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([kernel * 4, bias])


def main():
    folder = sys.argv[1]
    random = np.random.default_rng(SEED)
    tf.keras.utils.set_random_seed(SEED)
    bytes_ = pictures(random)
    models = {
        "MobileNetV2": (tf.keras.applications.MobileNetV2, bytes_ / 127.5 - 1),
        "EfficientNetB0": (tf.keras.applications.EfficientNetB0, bytes_),
        "ResNet50": (tf.keras.applications.ResNet50, bytes_ / 127.5 - 1),
    }
    for name, (build, samples) in models.items():
        path = os.path.join(folder, name)
        samples = samples.astype(np.float32)
        model = build(weights=None, input_shape=(SIZE, SIZE, 3))
        settle(model, samples, random)
        model.save(path + ".h5")
        np.save(path + ".npy", samples)
        with open(path + ".tflite", "wb") as file:
            file.write(tf.lite.TFLiteConverter.from_keras_model(model).convert())


main()
