"""Builds a .tflite file that holds a single operator, field by field, with any quantization parameters."""

import flatbuffers
import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

TYPES = {
    "float32": (schema.TensorType.FLOAT32, np.float32),
    "int8": (schema.TensorType.INT8, np.int8),
    "int32": (schema.TensorType.INT32, np.int32),
    "uint8": (schema.TensorType.UINT8, np.uint8),
}


def tensor(shape, dtype, scale=None, zero_point=None, axis=0, data=None):
    """One tensor of a case. `scale` and `zero_point` are lists; `data` makes it a constant."""
    return {"shape": [int(d) for d in shape], "dtype": dtype, "scale": scale, "zeroPoint": zero_point,
            "axis": axis, "data": None if data is None else np.asarray(data, TYPES[dtype][1]).reshape(shape)}


def build(kind, version, options, inputs, outputs):
    """Returns the file's bytes. `options` is a schema options object or None; an input may be None (left out)."""
    model = schema.ModelT()
    model.version = 3
    model.description = "one operator"
    code = schema.OperatorCodeT()
    code.builtinCode = getattr(schema.BuiltinOperator, kind)
    code.deprecatedBuiltinCode = min(127, code.builtinCode)
    code.version = version
    model.operatorCodes = [code]
    model.buffers = [schema.BufferT()]
    graph = schema.SubGraphT()
    graph.tensors = []
    ids = []
    for item in inputs + outputs:
        ids.append(-1 if item is None else _add_tensor(model, graph, item))
    operator = schema.OperatorT()
    operator.opcodeIndex = 0
    operator.inputs = ids[:len(inputs)]
    operator.outputs = ids[len(inputs):]
    if options is not None:
        name = type(options).__name__[:-1]
        operator.builtinOptionsType = getattr(schema.BuiltinOptions, name)
        operator.builtinOptions = options
    graph.operators = [operator]
    graph.inputs = [i for i, item in zip(operator.inputs, inputs) if item is not None and item["data"] is None]
    graph.outputs = list(operator.outputs)
    model.subgraphs = [graph]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _add_tensor(model, graph, item):
    made = schema.TensorT()
    made.name = f"t{len(graph.tensors)}"
    made.shape = item["shape"]
    made.type = TYPES[item["dtype"]][0]
    made.buffer = 0
    if item["data"] is not None:
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(item["data"].tobytes(), np.uint8)
        model.buffers.append(buffer)
        made.buffer = len(model.buffers) - 1
    if item["scale"] is not None:
        quantization = schema.QuantizationParametersT()
        quantization.scale = np.asarray(item["scale"], np.float32)
        quantization.zeroPoint = np.asarray(item["zeroPoint"], np.int64)
        quantization.quantizedDimension = item["axis"]
        made.quantization = quantization
    graph.tensors.append(made)
    return len(graph.tensors) - 1
