"""Small models that between them use every layer and option the importer knows."""

import itertools
import os

import keras_zoo_nested
import numpy as np


def models(k, tf, version):
    """Yields (name, model). `k` is Keras 2 or Keras 3."""
    L = k.layers
    Input, Model, Sequential = k.Input, k.Model, k.Sequential

    def one(name, shape, *layers):
        return name, Sequential([Input(shape)] + list(layers), name=name)

    image, odd, sequence = (9, 8, 3), (7, 11, 4), (13, 5)
    for padding in ("same", "valid"):
        yield one(f"conv2d_{padding}", image, L.Conv2D(5, (3, 2), strides=(2, 1), padding=padding, activation="relu"))
        yield one(f"depthwise_{padding}", image, L.DepthwiseConv2D(3, strides=2, padding=padding, depth_multiplier=2, activation="relu6" if version == 3 else tf.nn.relu6))
        yield one(f"separable_{padding}", image, L.SeparableConv2D(6, 3, padding=padding, depth_multiplier=2, activation="tanh"))
        yield one(f"conv1d_{padding}", sequence, L.Conv1D(4, 3, strides=2, padding=padding, activation="sigmoid"))
        yield one(f"separable1d_{padding}", sequence, L.SeparableConv1D(4, 3, padding=padding))
        yield one(f"depthwise1d_{padding}", sequence, L.DepthwiseConv1D(3, padding=padding, depth_multiplier=2))
        for strides, kernel in ((1, 3), (2, (3, 2)), ((2, 3), 4), ((3, 1), 2)):
            yield one(f"conv2d_transpose_{padding}_{kernel}_{strides}".replace(" ", ""), odd, L.Conv2DTranspose(5, kernel, strides=strides, padding=padding, activation="relu"))
        yield one(f"conv2d_transpose_{padding}_padded", odd, L.Conv2DTranspose(5, (3, 4), strides=(2, 3), padding=padding, output_padding=(0, 2), use_bias=False), L.BatchNormalization())
        yield one(f"conv1d_transpose_{padding}", sequence, L.Conv1DTranspose(4, 3, strides=2, padding=padding, activation="tanh"), L.Conv1DTranspose(3, 2, strides=3, padding=padding, output_padding=1))
        yield one(f"pools_{padding}", odd, L.MaxPooling2D((2, 3), padding=padding), L.AveragePooling2D(2, strides=(1, 2), padding=padding))
        yield one(f"pools1d_{padding}", sequence, L.MaxPooling1D(3, strides=2, padding=padding), L.AveragePooling1D(2, padding=padding))
    yield one("conv1d_causal", sequence, L.Conv1D(4, 3, dilation_rate=2, padding="causal"))
    yield one("conv2d_dilated", odd, L.Conv2D(3, 3, dilation_rate=(2, 3), use_bias=False))
    yield one("depthwise_dilated", odd, L.DepthwiseConv2D(3, dilation_rate=2, use_bias=False))
    yield one("conv2d_groups", odd, L.Conv2D(6, 3, groups=2))
    yield one("dense", (6,), L.Dense(4, activation="softmax"))
    yield one("dense_sequence", sequence, L.Dense(4, use_bias=False), L.Dense(3))
    yield one("dense_image", image, L.Dense(4, activation="relu"))
    norm = dict(beta_initializer="random_normal", gamma_initializer="random_uniform", moving_mean_initializer="random_normal", moving_variance_initializer="ones")
    yield one("batch_norm", image, L.BatchNormalization(**norm))
    yield one("batch_norm_plain", (6,), L.BatchNormalization(scale=False, center=False, moving_mean_initializer="random_normal", epsilon=0.1))
    yield one("batch_norm_axis", image, L.BatchNormalization(axis=1, **norm))
    yield one("padding", image, L.ZeroPadding2D(((1, 2), (0, 3))), L.Cropping2D(((0, 1), (2, 1))))
    yield one("padding1d", sequence, L.ZeroPadding1D((2, 1)), L.Cropping1D((1, 3)))
    yield one("shapes", image, L.Permute((2, 3, 1)), L.Reshape((4, -1)), L.Flatten())
    yield one("up_sampling", odd, L.UpSampling2D((3, 2)), L.Conv2D(2, 3), L.UpSampling2D((2, 5), interpolation="bilinear"))
    yield one("up_sampling1d", sequence, L.UpSampling1D(7))
    yield one("global_average", image, L.GlobalAveragePooling2D())
    yield one("global_average_keep", image, L.GlobalAveragePooling2D(keepdims=True))
    yield one("global_max", image, L.GlobalMaxPooling2D(keepdims=True), L.GlobalMaxPooling2D())
    yield one("global_1d", sequence, L.GlobalMaxPooling1D(keepdims=True), L.GlobalAveragePooling1D())
    yield one("dropped", image, L.Dropout(0.5), L.SpatialDropout2D(0.2), L.GaussianNoise(0.1), L.GaussianDropout(0.1), L.ActivityRegularization(0.1), L.Activation("linear"))
    for name in ("relu", "sigmoid", "tanh", "softmax", "linear", "hard_sigmoid", "swish", "elu", "selu", "gelu", "softplus", "softsign", "mish", "exponential"):
        yield one(f"activation_{name}", sequence, L.Activation(name))
    yield one("relu_options", sequence, L.ReLU(max_value=6), L.ReLU(max_value=1.5, negative_slope=0.25), L.LeakyReLU(0.2), L.ReLU())
    yield one("elu_alpha", sequence, L.ELU(0.25), L.Conv1D(4, 3, activation="gelu"), L.ELU())
    shaken = dict(beta_initializer="random_normal", gamma_initializer="random_uniform")
    yield one("layer_norm", image, L.LayerNormalization(**shaken), L.LayerNormalization(axis=[1, 2], epsilon=0.1, **shaken), L.LayerNormalization(axis=1, center=False, gamma_initializer="random_uniform"))
    yield one("layer_norm_sequence", sequence, L.LayerNormalization(scale=False, beta_initializer="random_normal"), L.LayerNormalization(axis=[1, -1], **shaken))
    yield one("group_norm", (5, 6, 8), L.GroupNormalization(4, **shaken), L.GroupNormalization(-1, scale=False), L.GroupNormalization(1, center=False, epsilon=0.1))
    yield one("group_norm_sequence", (7, 6), L.GroupNormalization(3, **shaken))
    yield one("unit_norm", sequence, L.UnitNormalization(), L.UnitNormalization(axis=[1, 2]))
    slopes = dict(alpha_initializer="random_normal")
    yield one("prelu", image, L.PReLU(**slopes), L.PReLU(shared_axes=[1, 2], **slopes), L.PReLU(shared_axes=[2, 3], **slopes))
    yield one("prelu_sequence", sequence, L.PReLU(**slopes), L.Conv1D(4, 3), L.PReLU(shared_axes=[1], **slopes), L.PReLU(shared_axes=[1, 2], **slopes))
    yield one("prelu_dense", (6,), L.Dense(4), L.PReLU(**slopes))
    yield one("softmax_axis", image, L.Softmax(axis=1), L.Softmax())
    yield one("rescaling", image, L.Rescaling(1 / 127.5, offset=-1))
    yield one("normalization", image, L.Normalization(mean=[0.1, 0.2, 0.3], variance=[1.0, 2.0, 3.0]))
    adapted = L.Normalization()
    adapted.adapt(np.random.default_rng(5).normal(2, 3, (50, 6)).astype(np.float32))
    yield one("normalization_adapted", (6,), adapted)

    a, b = Input((4, 5, 3), name="a"), Input((4, 5, 3), name="b")
    shared = L.Conv2D(3, 3, padding="same", name="shared")
    left, right = shared(a), shared(b)
    merged = L.Concatenate(name="join")([L.Add()([left, right, a]), L.Multiply()([left, b]), L.Subtract()([left, right]), L.Average()([left, right, b]), L.Maximum()([left, b]), L.Minimum()([left, right, a])])
    yield "merging", Model([a, b], [merged, L.Concatenate(axis=1)([a, right])], name="merging")

    inner = Sequential([Input((6,)), L.Dense(5, activation="relu"), L.BatchNormalization(**norm)], name="inner")
    x = Input((6,), name="x")
    middle = Model(x, L.Dense(6, name="dense_again")(inner(x)), name="middle")
    frozen = Sequential([Input((6,)), L.Dense(6), L.BatchNormalization(**norm), L.Dense(6)], name="frozen")
    frozen.layers[0].trainable = False
    y = Input((6,), name="y")
    once = middle(y)
    yield "nested", Model(y, L.Dense(2)(frozen(L.Add()([middle(once), once]))), name="nested")
    yield "nested_sequential", Sequential([Input((8, 8, 1)), Sequential([Input((8, 8, 1)), L.Conv2D(2, 3), L.Flatten()], name="features"), L.Dense(3)], name="outer")

    z = Input((4, 3), name="z")
    yield "arithmetic", Model(z, (1.0 - (z * 2.0 + 1.0) / 3.0) * z - 0.5, name="arithmetic")
    w = Input((4, 6, 3), name="w")
    if version == 2:
        yield "functions", Model(w, tf.nn.relu6(tf.reduce_mean(tf.nn.relu(w), axis=[1, 2], keepdims=True)), name="functions")
    else:
        yield "functions", Model(w, k.ops.relu6(k.ops.mean(k.ops.relu(w), axis=[1, 2], keepdims=True)), name="functions")


def nested(k, version):
    for seed, (name, model) in enumerate(keras_zoo_nested.models(k, version)):
        yield name, model if name.startswith("normalization") else keras_zoo_nested.shaken(model, seed)


def write(out, keras2, keras3, tf):
    """Writes all models as .h5 and as .keras; yields path and model."""
    for version, k in ((2, keras2), (3, keras3)):
        k.utils.set_random_seed(version)
        for name, model in itertools.chain(models(k, tf, version), nested(k, version)):
            for form in ("h5", "keras"):
                path = os.path.join(out, f"{name}.keras{version}.{form}")
                if saved(model, path):
                    yield path, model


def saved(model, path):
    """Keras cannot write every model that it can build: names of inner layers may collide in an .h5 file."""
    try:
        model.save(path)
    except ValueError as error:
        if "name already exists" not in str(error):
            raise
        return False
    return True
