"""The random one-operator cases of op_goldens.py: shapes, attributes, scales, weights."""

import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from one_operator_model import tensor

ACTIVATIONS = ["NONE", "RELU", "RELU6", "RELU_N1_TO_1"]
PADDINGS = ["SAME", "VALID"]


def f32(x):
    return float(np.float32(x))


def scaled(value, scale):
    """What the runtime makes of an accumulator: the scale as 31 bits and a power of two, then two roundings."""
    fraction, shift = np.frexp(scale)
    multiplier = int(np.floor(fraction * 2 ** 31 + 0.5))
    high = (value * multiplier + 2 ** 30) >> 31 if shift <= 0 else ((value << int(shift)) * multiplier + 2 ** 30) >> 31
    right = max(0, -int(shift))
    magnitude = (abs(high) + (1 << right >> 1)) >> right
    return magnitude if high >= 0 else -magnitude


class Draw:
    """The random choices of one case."""

    def __init__(self, seed, small):
        self.rng = np.random.default_rng(seed)
        self.small = small
        self.all_values = False
        self.ties = self.rng.integers(0, 4) == 0

    def int(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def pick(self, values):
        return values[self.int(0, len(values) - 1)]

    def size(self, small, large):
        return self.int(1, small if self.small else large)

    def scale(self, low=1e-3, high=0.2):
        drawn = np.exp(self.rng.uniform(np.log(low), np.log(high)))
        # Powers of two meet the ties of the roundings.
        return f32(2.0 ** np.round(np.log2(drawn)) if self.ties else drawn)

    def activation_tensor(self, shape, scale=None):
        return tensor(shape, "int8", [scale or self.scale()], [self.int(-128, 127)])

    def weights(self, shape, channels, axis, zero_point=0):
        count = channels if channels > 1 and self.int(0, 3) > 0 else 1
        scales = [self.scale(1e-3, 2e-2) for _ in range(count)]
        low = -127 if zero_point == 0 else -128
        data = self.rng.integers(low, 128, shape)
        return tensor(shape, "int8", scales, [zero_point] * count, axis, data)

    def bias(self, x, w, channels, magnitude):
        if self.int(0, 5) == 0:
            return None
        scales = [f32(x["scale"][0] * s) for s in w["scale"]]
        data = self.rng.integers(-magnitude, magnitude + 1, channels)
        return tensor([channels], "int32", scales, [0] * len(scales), 0, data)

    def output_scale(self, x, w, depth):
        wanted = x["scale"][0] * np.mean(w["scale"]) * 74 * 73 * np.sqrt(depth) / 64
        return self.scale(0.4 * wanted, 2.5 * wanted)


def window(draw, height, width, options, attributes, filter_size, dilations):
    attributes["padding"] = draw.pick(PADDINGS)
    attributes["strideH"], attributes["strideW"] = draw.int(1, 3), draw.int(1, 3)
    options.padding = PADDINGS.index(attributes["padding"])
    options.strideH, options.strideW = attributes["strideH"], attributes["strideW"]
    dilation = (1, 1)
    if dilations:
        dilation = (draw.pick([1, 1, 2, 3]), draw.pick([1, 1, 2]))
        attributes["dilationH"], attributes["dilationW"] = dilation
        options.dilationHFactor, options.dilationWFactor = dilation
    extents = [(f - 1) * d + 1 for f, d in zip(filter_size, dilation)]
    if attributes["padding"] == "VALID":
        height, width = max(height, extents[0]), max(width, extents[1])
        out = [(s - e) // t + 1 for s, e, t in zip((height, width), extents, (options.strideH, options.strideW))]
    else:
        out = [-(-s // t) for s, t in zip((height, width), (options.strideH, options.strideW))]
    return height, width, out


def fuse(draw, options, attributes):
    attributes["activation"] = draw.pick(ACTIVATIONS)
    options.fusedActivationFunction = getattr(schema.ActivationFunctionType, attributes["activation"])


def conv_2d(draw):
    options, attributes = schema.Conv2DOptionsT(), {}
    groups = draw.pick([1, 1, 1, 2, 3])
    group_channels, filters = draw.size(5, 24), groups * draw.size(3, 24 // groups)
    filter_size = draw.pick([(1, 1), (3, 3), (2, 5), (draw.int(1, 4), draw.int(1, 4))])
    height, width, out = window(draw, draw.size(5, 12), draw.size(5, 12), options, attributes, filter_size, True)
    fuse(draw, options, attributes)
    x = draw.activation_tensor([draw.int(1, 2), height, width, groups * group_channels])
    w = draw.weights([filters, *filter_size, group_channels], filters, 0)
    depth = filter_size[0] * filter_size[1] * group_channels
    b = draw.bias(x, w, filters, int(4000 * np.sqrt(depth)))
    y = draw.activation_tensor([x["shape"][0], *out, filters], draw.output_scale(x, w, depth))
    return 3, options, attributes, [x, w] + ([] if b is None else [b]), y


def depthwise_conv_2d(draw):
    options, attributes = schema.DepthwiseConv2DOptionsT(), {}
    channels, multiplier = draw.size(5, 24), draw.pick([1, 1, 2, 3])
    filter_size = draw.pick([(1, 1), (3, 3), (2, 5), (draw.int(1, 4), draw.int(1, 4))])
    height, width, out = window(draw, draw.size(5, 12), draw.size(5, 12), options, attributes, filter_size, True)
    fuse(draw, options, attributes)
    options.depthMultiplier = multiplier
    attributes["depthMultiplier"] = multiplier
    x = draw.activation_tensor([draw.int(1, 2), height, width, channels])
    w = draw.weights([1, *filter_size, channels * multiplier], channels * multiplier, 3)
    depth = filter_size[0] * filter_size[1]
    b = draw.bias(x, w, channels * multiplier, int(4000 * np.sqrt(depth)))
    y = draw.activation_tensor([x["shape"][0], *out, channels * multiplier], draw.output_scale(x, w, depth))
    return 3, options, attributes, [x, w] + ([] if b is None else [b]), y


def fully_connected(draw):
    options, attributes = schema.FullyConnectedOptionsT(), {}
    depth, units = draw.size(20, 300), draw.size(9, 64)
    fuse(draw, options, attributes)
    keep = draw.int(0, 2) == 0
    options.keepNumDims = attributes["keepNumDims"] = keep
    leading = [draw.int(1, 3), draw.int(1, 2)] if keep else [draw.int(1, 3)]
    x = draw.activation_tensor([*leading, depth])
    w = draw.weights([units, depth], units, 0)
    if len(w["scale"]) == 1 and draw.int(0, 2) == 0:
        w["zeroPoint"] = [draw.int(-20, 20)]
    b = draw.bias(x, w, units, int(4000 * np.sqrt(depth)))
    y = draw.activation_tensor([*leading, units], draw.output_scale(x, w, depth))
    if b is not None and len(w["scale"]) == 1 and w["zeroPoint"] == [0]:
        sensitive_biases(draw, w, b, x["scale"][0], y)
    return 6 if b is None else 5 if keep else 4, options, attributes, [x, w, b], y


def sensitive_biases(draw, w, b, x_scale, y):
    """Units without weights whose bias shows whether the product of the scales was rounded to float32 on the way."""
    product = x_scale * w["scale"][0]
    for _ in range(200):
        exact, rounded = product / y["scale"][0], f32(product) / y["scale"][0]
        halves = [int((n + 0.5) / exact) + step for n in range(250) for step in (0, 1)]
        telling = [value for value in halves if scaled(value, exact) != scaled(value, rounded)]
        if telling:
            break
        y["scale"] = [f32(y["scale"][0] * draw.rng.uniform(0.9, 1.1))]
    y["zeroPoint"] = [-128]
    for unit, value in zip(range(0, b["shape"][0], 2), telling):
        w["data"][unit], b["data"][unit] = 0, value


def pool(draw):
    options, attributes = schema.Pool2DOptionsT(), {}
    filter_size = (draw.int(1, 5), draw.int(1, 5))
    height, width, out = window(draw, draw.size(7, 14), draw.size(7, 14), options, attributes, filter_size, False)
    fuse(draw, options, attributes)
    options.filterHeight, options.filterWidth = filter_size
    attributes["filterH"], attributes["filterW"] = filter_size
    x = draw.activation_tensor([draw.int(1, 2), height, width, draw.size(4, 16)])
    y = dict(x, shape=[x["shape"][0], *out, x["shape"][3]])
    return 2, options, attributes, [x], y


def mean(draw):
    options = schema.ReducerOptionsT()
    rank = draw.int(2, 4)
    shape = [draw.size(5, 9) for _ in range(rank)]
    axes = [1, 2] if rank == 4 and draw.int(0, 1) else list(draw.rng.permutation(rank)[:draw.int(1, rank)])
    written = [int(a) - (rank if draw.int(0, 3) == 0 else 0) for a in axes]
    keep = bool(draw.int(0, 1))
    options.keepDims = keep
    out = [1 if d in axes else s for d, s in enumerate(shape)] if keep else \
        [s for d, s in enumerate(shape) if d not in axes]
    x = draw.activation_tensor(shape)
    y = draw.activation_tensor(out, draw.scale(0.2 * x["scale"][0], 1.4 * x["scale"][0]))
    return 2, options, {"keepDims": keep}, [x, tensor([len(axes)], "int32", data=written)], y


def unary_shape(draw):
    return [1, draw.size(6, 16), draw.size(6, 16), 4]


def softmax(draw):
    options = schema.SoftmaxOptionsT()
    options.beta = draw.pick([1.0, 1.0, 0.5, 2.0, f32(1.3)])
    x = draw.activation_tensor([draw.int(1, 4), draw.size(20, 200)], draw.scale(3e-4, 2.0))
    y = tensor(x["shape"], "int8", [1 / 256], [-128])
    return 2, options, {"beta": options.beta}, [x], y


def logistic(draw):
    x = draw.activation_tensor(unary_shape(draw), draw.scale(1e-3, 0.5))
    return 2, None, {}, [x], tensor(x["shape"], "int8", [1 / 256], [-128])


def tanh(draw):
    x = draw.activation_tensor(unary_shape(draw), draw.scale(1e-3, 0.5))
    return 2, None, {}, [x], tensor(x["shape"], "int8", [1 / 128], [0])


def sensitive_scales(draw, x, y, alpha):
    """The whole int8 range under scales that show whether their quotient was rounded to float32 on the way."""
    zero_point = -128 if alpha == 1.0 else 127
    x = tensor([1, 256], "int8", x["scale"], [zero_point])
    for _ in range(4000):
        exact = x["scale"][0] * alpha / y["scale"][0]
        rounded = f32(f32(x["scale"][0] * alpha) / y["scale"][0])
        if any(scaled(v, exact) != scaled(v, rounded) for v in range(256)):
            break
        y["scale"] = [f32(x["scale"][0] * alpha * draw.rng.uniform(1.1, 4))]
    draw.all_values = True
    return x, tensor([1, 256], "int8", y["scale"], [zero_point])


def relu(draw):
    x = draw.activation_tensor(unary_shape(draw))
    y = draw.activation_tensor(x["shape"], draw.scale(0.3 * x["scale"][0], 1.5 * x["scale"][0]))
    if draw.int(0, 2) == 0:
        x, y = sensitive_scales(draw, x, y, 1.0)
    return 2, None, {}, [x], y


def relu6(draw):
    x = draw.activation_tensor(unary_shape(draw))
    return 2, None, {}, [x], dict(x)


def leaky_relu(draw):
    options = schema.LeakyReluOptionsT()
    options.alpha = draw.pick([f32(0.1), f32(0.3), f32(0.01), 1.5, f32(-0.2), 0.0])
    x = draw.activation_tensor(unary_shape(draw))
    y = draw.activation_tensor(x["shape"], draw.scale(0.3 * x["scale"][0], 1.5 * x["scale"][0]))
    if options.alpha == f32(0.3):
        x, y = sensitive_scales(draw, x, y, options.alpha)
    return 1, options, {"alpha": options.alpha}, [x], y


KINDS = {
    "CONV_2D": conv_2d, "DEPTHWISE_CONV_2D": depthwise_conv_2d, "FULLY_CONNECTED": fully_connected,
    "AVERAGE_POOL_2D": pool, "MAX_POOL_2D": pool, "MEAN": mean, "SOFTMAX": softmax, "LOGISTIC": logistic,
    "TANH": tanh, "RELU": relu, "RELU6": relu6, "LEAKY_RELU": leaky_relu,
}
WITH_WEIGHTS = ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED")
