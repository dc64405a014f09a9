"""Like op_goldens.py, for the operators that combine, move and rescale values: every input may be fed.

    python moving_goldens.py OUT_DIR [--cases N] [--seed S] [--only KIND] [--size small|large]

Answers of TFLite Micro only: what LiteRT's XNNPACK makes of these operators is another arithmetic.
"""

import numpy as np
from tflite_micro.python.tflite_micro import runtime
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from one_operator_model import build, tensor
from op_cases import Draw, fuse, mean
from op_goldens import feed, main, operand, text


def indices(values, shape=None):
    return tensor([len(values)] if shape is None else shape, "int32", data=values)


def shape_of(draw, low=1, high=4):
    return [draw.size(4, 8) for _ in range(draw.int(low, high))]


def constant_now_and_then(draw, item):
    if draw.int(0, 3) == 0:
        item["data"] = draw.rng.integers(-128, 128, item["shape"]).astype(np.int8)
    return item


def binary(options_type, wanted):
    """`wanted` gives the middle of the output scales to draw from."""
    def case(draw):
        options, attributes = options_type(), {}
        fuse(draw, options, attributes)
        if hasattr(options, "potScaleInt16"):
            options.potScaleInt16 = attributes["potScaleInt16"] = False
        shape = shape_of(draw)
        other = list(shape)
        if draw.int(0, 1):
            other = [d if draw.int(0, 1) else 1 for d in shape][draw.int(0, len(shape) - 1):]
        pair = [draw.activation_tensor(shape), constant_now_and_then(draw, draw.activation_tensor(other))]
        if draw.int(0, 1):
            pair.reverse()
        middle = wanted(pair[0]["scale"][0], pair[1]["scale"][0])
        return 2, options, attributes, pair, draw.activation_tensor(shape, draw.scale(0.4 * middle, 2.5 * middle))
    return case


def concatenation(draw):
    options = schema.ConcatenationOptionsT()
    shape = shape_of(draw)
    axis = draw.int(0, len(shape) - 1)
    options.axis = axis - (len(shape) if draw.int(0, 1) else 0)
    first = draw.activation_tensor(shape)
    inputs = [dict(first)]
    for _ in range(draw.int(0, 3)):
        inputs.append(constant_now_and_then(draw, dict(first, shape=shape[:axis] + [draw.size(4, 8)] + shape[axis + 1:])))
    total = sum(item["shape"][axis] for item in inputs)
    return 2, options, {"axis": options.axis, "activation": "NONE"}, inputs, \
        dict(first, shape=shape[:axis] + [total] + shape[axis + 1:])


def pack(draw):
    options = schema.PackOptionsT()
    shape = shape_of(draw, 1, 3)
    count = draw.int(1, 4)
    options.valuesCount, options.axis = count, draw.int(-len(shape) - 1, len(shape))
    axis = options.axis + (len(shape) + 1 if options.axis < 0 else 0)
    first = draw.activation_tensor(shape)
    return 2, options, {"axis": options.axis, "count": count}, [dict(first) for _ in range(count)], \
        dict(first, shape=shape[:axis] + [count] + shape[axis:])


def pad(draw):
    shape = shape_of(draw)
    amounts = [[draw.int(0, 3), draw.int(0, 2)] for _ in shape]
    x = draw.activation_tensor(shape)
    y = dict(x, shape=[a + d + b for d, (a, b) in zip(shape, amounts)])
    return 2, schema.PadOptionsT(), {}, [x, indices(amounts, [len(shape), 2])], y


def pad_v2(draw):
    _, _, _, (x, paddings), y = pad(draw)
    return 2, schema.PadV2OptionsT(), {}, [x, paddings, dict(x, shape=[1], data=np.int8([draw.int(-128, 127)]))], y


def reshape(draw):
    x = draw.activation_tensor(shape_of(draw))
    shape = [x["shape"][0], -1] if draw.int(0, 1) else list(reversed(x["shape"]))
    options = schema.ReshapeOptionsT()
    options.newShape = shape
    out = np.zeros(x["shape"]).reshape(shape).shape
    return 1, options, {"newShape": shape}, [x, indices(shape)], dict(x, shape=list(out))


def squeeze(draw):
    shape = [d if draw.int(0, 1) else 1 for d in shape_of(draw, 2)]
    ones = [d for d, size in enumerate(shape) if size == 1]
    dropped = [] if not ones or draw.int(0, 1) else [d - (len(shape) if draw.int(0, 1) else 0) for d in ones[:draw.int(1, 2)]]
    options = schema.SqueezeOptionsT()
    options.squeezeDims = dropped
    x = draw.activation_tensor(shape)
    out = np.squeeze(np.zeros(shape), tuple(dropped) if dropped else None).shape
    return 1, options, {"dimensions": dropped}, [x], dict(x, shape=list(out))


def expand_dims(draw):
    x = draw.activation_tensor(shape_of(draw, 1, 3))
    axis = draw.int(-len(x["shape"]) - 1, len(x["shape"]))
    out = np.expand_dims(np.zeros(x["shape"]), axis).shape
    return 1, schema.ExpandDimsOptionsT(), {}, [x, indices([axis])], dict(x, shape=list(out))


def transpose(draw):
    x = draw.activation_tensor(shape_of(draw))
    order = [int(d) for d in draw.rng.permutation(len(x["shape"]))]
    return 2, schema.TransposeOptionsT(), {}, [x, indices(order)], dict(x, shape=[x["shape"][d] for d in order])


def strided_slice(draw):
    x = draw.activation_tensor(shape_of(draw))
    rank = len(x["shape"])
    while True:
        begin, end = ([draw.int(-d - 2, d + 2) for d in x["shape"]] for _ in range(2))
        strides = [draw.pick([1, 1, 2, 3, -1, -2]) for _ in range(rank)]
        masks = [draw.int(0, 2 ** rank - 1) if draw.int(0, 2) == 0 else 0 for _ in range(3)]
        for d, size in enumerate(x["shape"]):
            # TFLite asks for a place inside and a forward stride where a dimension is dropped.
            if masks[2] >> d & 1:
                begin[d], strides[d] = draw.int(-size, size - 1), 1
                masks[0] &= ~(1 << d)
        slices = tuple(
            begin[d] if masks[2] >> d & 1 else
            slice(None if masks[0] >> d & 1 else begin[d], None if masks[1] >> d & 1 else end[d], strides[d])
            for d in range(rank))
        out = np.zeros(x["shape"])[slices].shape
        if np.prod(out) > 0:
            break
    options = schema.StridedSliceOptionsT()
    options.beginMask, options.endMask, options.shrinkAxisMask = masks
    attributes = {"beginMask": masks[0], "endMask": masks[1], "shrinkAxisMask": masks[2]}
    return 2, options, attributes, [x, indices(begin), indices(end), indices(strides)], dict(x, shape=list(out))


def quantize(draw):
    shape = shape_of(draw)
    kind = draw.int(0, 3)
    if kind == 0:
        y = draw.activation_tensor(shape)
        return 1, schema.QuantizeOptionsT(), {}, [tensor(shape, "float32")], y
    x = draw.activation_tensor(shape)
    y = draw.activation_tensor(shape, draw.scale(0.3 * x["scale"][0], 3 * x["scale"][0]))
    if kind == 1:
        same = draw.int(0, 1)
        y = dict(y, dtype="uint8", zeroPoint=[y["zeroPoint"][0] + 128])
        if same:
            y = dict(y, scale=x["scale"], zeroPoint=[x["zeroPoint"][0] + 128])
    elif kind == 2:
        x = dict(x, dtype="uint8", zeroPoint=[x["zeroPoint"][0] + 128])
    return 1, schema.QuantizeOptionsT(), {}, [x], y


def dequantize(draw):
    x = draw.activation_tensor(shape_of(draw))
    if draw.int(0, 3) == 0:
        x = dict(x, dtype="uint8", zeroPoint=[x["zeroPoint"][0] + 128])
    return 2, schema.DequantizeOptionsT(), {}, [x], tensor(x["shape"], "float32")


def extremum(draw):
    _, _, _, pair, y = binary(schema.MulOptionsT, lambda a, b: a)(draw)
    same = pair[0]
    return 2, schema.MaximumMinimumOptionsT(), {}, [dict(item, scale=same["scale"], zeroPoint=same["zeroPoint"]) for item in pair], \
        dict(y, scale=same["scale"], zeroPoint=same["zeroPoint"])


def hard_swish(draw):
    scale = draw.scale(1e-3, 0.5)
    # TFLite Micro refuses an output scale below a 128th of the input's.
    x = draw.activation_tensor(shape_of(draw), scale)
    return 1, schema.HardSwishOptionsT(), {}, [x], draw.activation_tensor(x["shape"], draw.scale(0.05 * scale, 2 * scale))


def unpack(draw):
    x = draw.activation_tensor(shape_of(draw))
    axis = draw.int(-len(x["shape"]), len(x["shape"]) - 1)
    options = schema.UnpackOptionsT()
    options.axis, options.num = axis, x["shape"][axis]
    out = [int(d) for d in np.delete(x["shape"], axis)]
    return 2, options, {"axis": axis, "count": options.num}, [x], [dict(x, shape=out) for _ in range(options.num)]


def split(draw):
    shape = shape_of(draw)
    axis, count = draw.int(-len(shape), len(shape) - 1), draw.int(1, 4)
    part = list(shape)
    shape[axis] *= count
    options = schema.SplitOptionsT()
    options.numSplits = count
    x = draw.activation_tensor(shape)
    return 2, options, {"count": count}, [indices([axis], []), x], [dict(x, shape=part) for _ in range(count)]


def slice_block(draw):
    x = draw.activation_tensor(shape_of(draw))
    begin = [draw.int(0, d - 1) for d in x["shape"]]
    size = [draw.int(1, d - b) for d, b in zip(x["shape"], begin)]
    out = list(size)
    if draw.int(0, 1):
        out[0], size[0] = x["shape"][0] - begin[0], -1
    return 2, schema.SliceOptionsT(), {}, [x, indices(begin), indices(size)], dict(x, shape=out)


def gather(draw):
    x = draw.activation_tensor(shape_of(draw, 2))
    axis = draw.int(0, len(x["shape"]) - 1)
    batch = draw.int(0, 1) if axis > 0 else 0
    positions = x["shape"][:batch] + [draw.int(1, 3) for _ in range(draw.int(1, 2))]
    options = schema.GatherOptionsT()
    options.axis, options.batchDims = axis - (len(x["shape"]) if draw.int(0, 1) else 0), batch
    data = draw.rng.integers(0, x["shape"][axis], positions)
    out = x["shape"][:axis] + positions[batch:] + x["shape"][axis + 1:]
    return 5 if batch else 2, options, {"axis": options.axis, "batchDims": batch}, [x, indices(data, positions)], dict(x, shape=out)


def resize(options_type, both):
    """`both`: corners may be aligned with centres at a half."""
    def case(draw):
        options = options_type()
        options.alignCorners = bool(draw.int(0, 1))
        options.halfPixelCenters = bool(draw.int(0, 1)) and (both or not options.alignCorners)
        x = draw.activation_tensor([draw.int(1, 2), draw.size(6, 12), draw.size(6, 12), draw.int(1, 3)])
        size = [draw.int(1, 3 * d) for d in x["shape"][1:3]]
        attributes = {"alignCorners": options.alignCorners, "halfPixelCenters": options.halfPixelCenters}
        return 3, options, attributes, [x, indices(size)], dict(x, shape=[x["shape"][0], *size, x["shape"][3]])
    return case


def total(draw):
    version, options, attributes, (x, axes), y = mean(draw)
    depth = np.prod(x["shape"]) / np.prod(y["shape"])
    return version, options, attributes, [x, axes], \
        draw.activation_tensor(y["shape"], draw.scale(0.5 * x["scale"][0], 1.5 * x["scale"][0] * np.sqrt(depth)))


KINDS = {
    "ADD": binary(schema.AddOptionsT, lambda a, b: 0.9 * (a + b)),
    "SUB": binary(schema.SubOptionsT, lambda a, b: 0.9 * (a + b)),
    "MUL": binary(schema.MulOptionsT, lambda a, b: 60 * a * b),
    "CONCATENATION": concatenation, "PACK": pack, "PAD": pad, "PADV2": pad_v2, "RESHAPE": reshape,
    "SQUEEZE": squeeze, "EXPAND_DIMS": expand_dims, "TRANSPOSE": transpose, "STRIDED_SLICE": strided_slice,
    "QUANTIZE": quantize, "DEQUANTIZE": dequantize, "MAXIMUM": extremum, "MINIMUM": extremum,
    "HARD_SWISH": hard_swish, "UNPACK": unpack, "SPLIT": split, "SLICE": slice_block, "GATHER": gather,
    "RESIZE_NEAREST_NEIGHBOR": resize(schema.ResizeNearestNeighborOptionsT, True),
    "RESIZE_BILINEAR": resize(schema.ResizeBilinearOptionsT, False), "SUM": total,
}


def feed_of(draw, item, number, output):
    if item["dtype"] == "float32":
        # Off the ends of the range as well, and on the ties between two integers.
        scale, zero_point = output["scale"][0], output["zeroPoint"][0]
        values = draw.rng.integers(-280, 281, item["shape"]) / 2 * (1 if number % 2 else 1 + 1e-3 * draw.rng.random())
        return ((values - zero_point) * scale).astype(np.float32)
    if item["dtype"] == "uint8":
        return draw.rng.integers(0, 256, item["shape"]).astype(np.uint8)
    return feed(draw, item, number)


def run_micro(model, feeds, outputs):
    interpreter = runtime.Interpreter.from_bytes(model, arena_size=4 << 20)
    for position, values in enumerate(feeds):
        interpreter.set_input(values, position)
    interpreter.invoke()
    return [interpreter.get_output(position) for position in range(outputs)]


def make_case(kind, seed, number, small):
    draw = Draw([seed, number, list(KINDS).index(kind)], small)
    version, options, attributes, inputs, made = KINDS[kind](draw)
    outputs = made if isinstance(made, list) else [made]
    feeds = [None if item["data"] is not None else feed_of(draw, item, number, outputs[0]) for item in inputs]
    model = build(kind, version, options, inputs, outputs)
    answers = run_micro(model, [values for values in feeds if values is not None], len(outputs))
    case = {"kind": kind, "attributes": attributes, "inputs": [operand(item) for item in inputs],
            "output": operand(outputs[0]), "micro": text(answers[0])}
    if len(outputs) > 1:
        case["others"] = [text(answer) for answer in answers[1:]]
    for entry, values in zip(case["inputs"], feeds):
        if values is not None:
            entry["feed"] = text(values)
    return case


if __name__ == "__main__":
    main(KINDS, make_case)
