"""Runs a .tflite in TFLite Micro on seeded inputs and writes every tensor that an operator reads or writes.

    python tflm_layers.py MODEL OUT [--samples N] [--seed S] [--litert]

Samples 0-3 are boundary inputs (all least, all greatest, all zero point, alternating), the others random over the full
range. With --litert, every convolution and dense layer is also run alone in LiteRT on the values TFLite Micro gave it.

The file: magic "WLAY", uint32 little endian length of a JSON header, the header, then the values in C order.
  header.tensors       one entry per recorded tensor: index in the model, name, shape, dtype, offset, bytes
  header.litert        the same for LiteRT's output of single layers, under the index of the tensor it stands for
  header.sampleBytes   sample s of a tensor starts at s * sampleBytes + offset after the header
"""

import argparse
import copy
import hashlib
import json
import struct

import flatbuffers
import numpy as np
from ai_edge_litert.interpreter import Interpreter as LiteRt
from tflite_micro.python.tflite_micro import runtime
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

DTYPES = {
    schema.TensorType.FLOAT32: "float32", schema.TensorType.INT8: "int8", schema.TensorType.UINT8: "uint8",
    schema.TensorType.INT16: "int16", schema.TensorType.INT32: "int32", schema.TensorType.INT64: "int64",
    schema.TensorType.BOOL: "bool",
}
WITH_WEIGHTS = {schema.BuiltinOperator.CONV_2D, schema.BuiltinOperator.DEPTHWISE_CONV_2D,
                schema.BuiltinOperator.FULLY_CONNECTED}


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    return content, schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))


def is_constant(model, tensor):
    data = model.buffers[tensor.buffer].data
    return data is not None and len(data) > 0


def written_tensors(model):
    """Indices of the graph inputs and of what the operators write, in the order they come to be."""
    graph = model.subgraphs[0]
    return list(graph.inputs) + [int(o) for operator in graph.operators for o in operator.outputs]


def sample_of(tensor, number, rng):
    shape = [int(d) for d in tensor.shape]
    dtype = np.dtype(DTYPES[tensor.type])
    count = int(np.prod(shape))
    if dtype.kind == "f":
        low, high, middle = -1.0, 1.0, 0.0
        drawn = rng.uniform(low, high, count)
    else:
        info = np.iinfo(dtype)
        low, high = info.min, info.max
        points = tensor.quantization.zeroPoint if tensor.quantization else None
        middle = 0 if points is None or len(points) == 0 else points[0]
        drawn = rng.integers(low, high, count, endpoint=True, dtype=dtype)
    boundary = [np.full(count, low), np.full(count, high), np.full(count, middle), np.resize([low, high], count)]
    return (boundary[number] if number < 4 else drawn).astype(dtype).reshape(shape)


def cut(model, operator):
    """The bytes of a model that holds this operator alone, its written inputs as graph inputs."""
    graph = model.subgraphs[0]
    single = schema.ModelT()
    single.version = 3
    single.operatorCodes = [model.operatorCodes[operator.opcodeIndex]]
    single.buffers = [schema.BufferT()]
    inner = schema.SubGraphT()
    inner.tensors = []
    places = {}
    for index in [int(i) for i in list(operator.inputs) + list(operator.outputs) if i >= 0]:
        if index in places:
            continue
        places[index] = len(inner.tensors)
        made = copy.copy(graph.tensors[index])
        single.buffers.append(model.buffers[made.buffer])
        made.buffer = len(single.buffers) - 1 if is_constant(model, graph.tensors[index]) else 0
        # LiteRT refuses a bias that names a dimension it does not have, as person_detect's do; TFLite Micro never reads it.
        if made.quantization is not None and made.quantization.quantizedDimension >= len(made.shape):
            made.quantization = copy.copy(made.quantization)
            made.quantization.quantizedDimension = 0
        inner.tensors.append(made)
    alone = copy.copy(operator)
    alone.opcodeIndex = 0
    alone.inputs = [places.get(int(i), -1) for i in operator.inputs]
    alone.outputs = [places[int(o)] for o in operator.outputs]
    inner.operators = [alone]
    written = [int(i) for i in operator.inputs if i >= 0 and not is_constant(model, graph.tensors[i])]
    inner.inputs = [places[i] for i in written]
    inner.outputs = alone.outputs
    single.subgraphs = [inner]
    builder = flatbuffers.Builder(1024)
    builder.Finish(single.Pack(builder), b"TFL3")
    return bytes(builder.Output()), written


def layers_in_litert(model):
    """(index of the output, indices of the inputs, interpreter) of every int8 layer with weights."""
    found = []
    for operator in model.subgraphs[0].operators:
        code = model.operatorCodes[operator.opcodeIndex]
        kind = max(code.builtinCode, code.deprecatedBuiltinCode)
        output = int(operator.outputs[0])
        if kind not in WITH_WEIGHTS or model.subgraphs[0].tensors[output].type != schema.TensorType.INT8:
            continue
        content, inputs = cut(model, operator)
        interpreter = LiteRt(model_content=content)
        interpreter.allocate_tensors()
        found.append((output, inputs, interpreter))
    return found


def run_layer(interpreter, values):
    for detail, value in zip(interpreter.get_input_details(), values):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def entry(model, index, value, offset):
    name = model.subgraphs[0].tensors[index].name
    return {"index": index, "name": name.decode() if isinstance(name, bytes) else name, "shape": list(value.shape),
            "dtype": str(value.dtype), "offset": offset, "bytes": value.nbytes}


def record(model, content, samples, seed, litert):
    interpreter = runtime.Interpreter.from_bytes(
        content, arena_size=64 << 20, intrepreter_config=runtime.InterpreterConfig.kPreserveAllTensors)
    graph = model.subgraphs[0]
    indices = written_tensors(model)
    layers = layers_in_litert(model) if litert else []
    rng = np.random.default_rng(seed)
    blobs, header = [], None
    for number in range(samples):
        # Samples have nothing to do with each other.
        interpreter.reset()
        for place, index in enumerate(graph.inputs):
            interpreter.set_input(sample_of(graph.tensors[index], number, rng), place)
        interpreter.invoke()
        values = {index: np.array(interpreter.GetTensor(index, 0)["tensor_data"]) for index in indices}
        alone = [(output, run_layer(layer, [values[i] for i in inputs])) for output, inputs, layer in layers]
        if header is None:
            offset, tensors, single = 0, [], []
            for target, pairs in ((tensors, values.items()), (single, alone)):
                for index, value in pairs:
                    target.append(entry(model, int(index), value, offset))
                    offset += value.nbytes
            header = {"model": hashlib.sha256(content).hexdigest(), "samples": samples, "sampleBytes": offset,
                      "inputs": [int(i) for i in graph.inputs], "tensors": tensors, "litert": single}
        blobs.extend(value.tobytes() for value in list(values.values()) + [value for _, value in alone])
    return header, blobs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("out")
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--litert", action="store_true")
    arguments = parser.parse_args()
    content, model = read(arguments.model)
    header, blobs = record(model, content, arguments.samples, arguments.seed, arguments.litert)
    text = json.dumps(header).encode()
    with open(arguments.out, "wb") as file:
        file.write(b"WLAY" + struct.pack("<I", len(text)) + text)
        for blob in blobs:
            file.write(blob)


if __name__ == "__main__":
    main()
