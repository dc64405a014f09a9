"""Models whose files name things in unusual ways: names with slashes, models inside of models, frozen parts, fixed batches.

Every weight has a value of its own, so that a mix-up of two shows.
"""

import numpy as np


def shaken(model, seed):
    """All weights anew, each array differently; variances stay positive."""
    random = np.random.default_rng(seed)
    model.set_weights([random.uniform(0.5, 1.5, w.shape) if w.ndim == 1 else random.normal(0, 0.4, w.shape) for w in model.get_weights()])
    return model


def adapted(layer, data):
    layer.adapt(np.asarray(data, np.float32))
    return layer


def models(k, version):
    """Yields (name, model). `k` is Keras 2 or Keras 3."""
    L = k.layers
    Input, Model, Sequential = k.Input, k.Model, k.Sequential

    def one(name, shape, *layers):
        return name, Sequential([Input(shape)] + list(layers), name=name)

    def part(name, frozen=False, again=None, kind="sequential", inner_input=True):
        """Layers fc, bn and fc2; `again`: a layer trained although the part is frozen."""
        # Keras 2 leaves the parts out of the names in the file, where equal ones would collide.
        own = "" if version == 3 else f"{name}/"
        layers = [L.Dense(6, name=f"{own}fc", activation="relu"), L.BatchNormalization(name=f"{own}bn"), L.Dense(6, name=f"{own}fc2")]
        if kind == "functional":
            x = y = Input((6,))
            for layer in layers:
                y = layer(y)
            model = Model(x, y, name=name)
        else:
            model = Sequential(([Input((6,))] if inner_input else []) + layers, name=name)
        if frozen:
            model.trainable = False
        if again:
            model.get_layer(own + again).trainable = True
        return model

    # Two parts with layers of the same names, one frozen.
    for label, options in {"whole": {}, "frozen": {"frozen": True}, "tuned": {"frozen": True, "again": "fc2"}}.items():
        for built in (True, False):
            parts = [part("a", inner_input=built, **options), part("b", inner_input=built)]
            core = Sequential(([Input((6,))] if built else []) + parts, name="core")
            yield f"same_names_{label}_{built}", Sequential([Input((6,)), core, L.Softmax()], name="outer")
    yield "functional_frozen", Sequential([Input((6,)), part("a", frozen=True, again="bn", kind="functional"), L.Dense(3, name="fc")], name="outer")
    x = Input((6,))
    deep = Sequential([Input((6,)), part("a", frozen=True), L.Dense(6, name="deep_fc" if version == 2 else "fc")], name="deep")
    deeper = Model(x, L.Dense(6, name="deeper_fc" if version == 2 else "fc2")(deep(x)), name="deeper")
    y = Input((6,))
    yield "three_deep", Model(y, L.Dense(4, name="fc")(deeper(L.Add()([deeper(y), y]))), name="outer")
    z = Input((6,))
    side = [part("left", frozen=True), part("right", kind="functional")]
    yield "two_sides", Model(z, L.Concatenate()([side[0](z), side[1](z), side[0](side[1](z))]), name="sides")

    # Uses of a nested model, as outputs and as what others read, which Keras 3 counts in two ways.
    def uses(name, wire, kind="functional"):
        ins = [Input((6,)), Input((6,))]
        outs = wire(*ins, part("part", kind=kind), L.Dense(2, name=f"{name}_head"))
        return name, Model(ins, outs, name=name)

    def twin(a, b, e, head):
        first, second = e(a), e(b)
        return [first, head(L.Subtract()([first, second]))]

    def twin_second(a, b, e, head):
        first, second = e(a), e(b)
        return [head(first), second]

    for kind in ("functional", "sequential"):
        yield uses(f"uses_first_out_{kind}", twin, kind)
        yield uses(f"uses_second_out_{kind}", twin_second, kind)
        yield uses(f"uses_both_out_{kind}", lambda a, b, e, head: [e(b), head(L.Add()([e(a), b]))][::-1], kind)
        yield uses(f"uses_again_{kind}", lambda a, b, e, head: e(e(L.Add()([a, b]))), kind)
        yield uses(f"uses_again_all_out_{kind}", lambda a, b, e, head: [head(e(L.Add()([a, b])))] + [y := e(b), e(y)], kind)
    feature = Input((6,))
    backbone = part("backbone", kind="functional")(feature)
    yield "feature_and_head", Model(feature, [backbone, L.Dense(3, name="feature_head")(backbone)], name="both")
    frozen = L.BatchNormalization(trainable=False)
    yield "training_given", Model(feature, L.Dropout(0.5)(frozen(L.BatchNormalization()(feature, training=False), training=True), training=False), name="given")
    yield "training_given_nested", Model(feature, part("steady", kind="functional")(feature, training=False), name="given_nested")
    if version == 3:
        # predict() of Keras 3 overrules it.
        yield "training_true", Model(feature, L.Dropout(0.5)(L.BatchNormalization()(feature, training=True), training=True), name="given_true")
    split = Input((6,))
    inner = Model(split, {"z": L.Dense(3, name="split_z")(split), "a": L.Dense(3, name="split_a")(split), "m": L.Dense(2, name="split_m")(split)}, name="split")
    parts = inner(feature)
    yield "named_outputs", Model(feature, [parts["z"], L.Subtract()([parts["z"], parts["a"]]), parts["m"]], name="named")
    yield "by_keyword", Model(feature, L.Concatenate()(inputs=[L.Dense(2)(feature), L.Dense(3)(inputs=feature)]), name="keyword")

    norm = L.BatchNormalization(name="bn")
    norm.trainable = False
    yield one("frozen_norm", (5, 4, 3), L.Conv2D(4, 2, name="conv"), norm, Sequential([L.Conv2D(3, 2, name="conv"), L.BatchNormalization(name="bn", trainable=False)], name="tail"))

    yield one("normalization_nested", (9, 9, 3), Sequential([Input((9, 9, 3)), L.DepthwiseConv2D(3, name="one"), L.SeparableConv2D(4, 2, name="two"), adapted(L.Normalization(name="three"), np.random.default_rng(6).normal(1, 2, (9, 6, 6, 4))), L.Conv2D(2, 3, name="four")], name="all"), L.Flatten(), L.Dense(2))

    if version == 2:
        yield one("slashes", (8, 8, 3), L.Conv2D(4, 3, name="fire2/squeeze1x1"), L.BatchNormalization(name="fire2"), L.Conv2D(4, 3, name="fire2/squeeze1x1/again"), L.Flatten(), L.Dense(3, name="top/fc"))
        x = Input((6,), name="in/put")
        inner = Model(x, L.Dense(6, name="b/fc")(L.BatchNormalization(name="b/fc/bn")(L.Dense(6, name="fc")(x))), name="block/1")
        inner.get_layer("fc").trainable = False
        yield one("slashes_nested", (6,), inner, L.Dense(3, name="block/fc"))
        yield one("sync_norm", (4, 4, 3), L.Conv2D(4, 2), L.experimental.SyncBatchNormalization())
    yield one("synchronized_norm", (4, 4, 3), L.Conv2D(4, 2), L.BatchNormalization(synchronized=True))

    slope = {"alpha": 0.05} if version == 2 else {"negative_slope": 0.05}
    objects = [L.LeakyReLU(**slope), L.ReLU(max_value=1.5), L.ReLU(negative_slope=0.2, max_value=6), L.Softmax(axis=-1), L.Activation("tanh")]
    yield one("objects_dense", (6,), *[L.Dense(5, activation=each) for each in objects])
    yield one("objects_conv", (9, 9, 3), L.Conv2D(4, 3, activation=L.LeakyReLU(**slope)), L.DepthwiseConv2D(2, activation=L.ReLU(3.0)), L.SeparableConv2D(4, 2, activation=L.Softmax(axis=1)), L.Activation(L.LeakyReLU(**slope)))
    yield one("objects_conv1d", (9, 3), L.Conv1D(4, 3, activation=L.LeakyReLU(**slope)))
    yield one("function_objects", (9, 3), L.Conv1D(4, 3, activation=k.activations.tanh), L.Dense(4, activation=k.activations.relu), L.Dense(2, activation=k.activations.softmax))

    data = np.random.default_rng(7).normal(40, 3, (30, 4, 5, 3))
    yield one("normalization_none", (4, 5, 3), adapted(L.Normalization(axis=None), data))
    yield one("normalization_two", (4, 5, 3), adapted(L.Normalization(axis=(1, 3)), data))
    yield one("normalization_all", (4, 5, 3), adapted(L.Normalization(axis=[-1, 1, 2]), data))
    yield one("normalization_middle", (4, 5, 3), adapted(L.Normalization(axis=2), data), L.Conv2D(2, 2))
    yield one("normalization_given", (4, 5, 3), L.Normalization(axis=None, mean=3.0, variance=2.0), L.Normalization(axis=-1, mean=3.0, variance=2.0), L.Normalization(axis=(2, 3), mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 2.0]))
    yield one("normalization_far", (6,), adapted(L.Normalization(), np.random.default_rng(8).normal(0.5, 3e-4, (99, 6))))
    yield one("normalization_invert", (4, 5, 3), L.Normalization(axis=None, mean=3.0, variance=2.0, invert=True), L.Normalization(axis=(1, 2), mean=np.arange(20.0).reshape(4, 5), variance=1 + np.arange(20.0).reshape(4, 5), invert=True))

    fixed = Input((16, 2), batch_size=4)
    yield "batch_of_four", Model(fixed, L.Dense(3)(L.Flatten()(L.Conv1D(4, 3, activation="relu")(fixed))), name="batch")
    whole = Input((4, 6), batch_size=1)
    yield "batch_of_one", Model(whole, L.Dense(3)(L.Reshape((24,))(whole)), name="single")

    camera = Input((8, 8, 3), dtype="uint8")
    yield "camera", Model(camera, L.Conv2D(2, 3)(L.Rescaling(1 / 127.5, offset=-1)(L.ZeroPadding2D(1)(L.RandomFlip()(camera)) if version == 2 else camera)), name="camera")

    if version == 3:
        # Keras 3 cannot write the other augmentation layers to .h5.
        quiet = [L.RandomGrayscale(), L.RandomColorJitter(brightness_factor=0.5), L.RandomGaussianBlur(), L.RandomPerspective(), L.RandomHue(0.5), L.RandomShear(), L.RandomErasing(), L.RandomElasticTransform(), L.RandomInvert(), L.AugMix(), L.MixUp(), L.CutMix(), L.RandAugment(), L.RandomZoom(0.2), L.RandomFlip()]
        yield one("augmented", (12, 12, 3), *quiet, L.Conv2D(3, 3), L.AlphaDropout(0.1), L.SpatialDropout2D(0.2))
    else:
        yield one("augmented", (12, 12, 3), L.RandomFlip(), L.RandomHeight(0.2), L.RandomWidth(0.2), L.RandomZoom(0.2), L.RandomBrightness(0.2), L.Conv2D(3, 3))
