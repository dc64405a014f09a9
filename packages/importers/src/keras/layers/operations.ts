// Plain arithmetic written between layers: TFOpLambda of Keras 2, operation layers of Keras 3.
import type { TensorId } from '@wherry/graph';
import { activate, softmax } from '../activation-functions.js';
import { add, multiply, subtract, type Arithmetic } from '../arithmetic.js';
import { isList, type Json } from '../json.js';
import type { BuildArgument, LayerCall, LayerDefinition } from '../layer-definition.js';
import { scale } from '../rectify.js';
import { invalidConfig, unsupportedOption } from '../refuse.js';
import { numbersIn, setting } from '../settings.js';
import { resolveShape } from './reshaping.js';

type Build = LayerDefinition['build'];

/** The argument at a position or under one of its names; Keras 3 keeps some in the layer's settings. */
function argument(call: LayerCall, position: number, ...names: readonly string[]): BuildArgument | undefined {
  for (const name of names) {
    const named = call.named.get(name);
    if (named !== undefined) return named;
  }
  const positional = call.positional[position];
  if (positional !== undefined) return positional;
  for (const name of names) {
    const value = setting(call.settings, name);
    if (value !== undefined) return { kind: 'value', value };
  }
  return undefined;
}

function valueOf(call: LayerCall, position: number, ...names: readonly string[]): Json | undefined {
  const found = argument(call, position, ...names);
  if (found?.kind === 'tensor')
    return unsupportedOption(`its argument ${names[0]} is computed`, call.settings.layer, 'use a fixed value');
  return found?.value ?? undefined;
}

function tensorOf(call: LayerCall, position: number, names: readonly string[], constantName: string): TensorId {
  const found = argument(call, position, ...names);
  if (found?.kind === 'tensor') return found.id;
  const numbers = numbersIn(found?.value);
  if (numbers === undefined || numbers.length === 0)
    return invalidConfig(`its argument ${names[0]} is neither a tensor nor numbers`, `layer ${call.settings.layer}`);
  const nested = isList(found!.value) && found!.value.some((item) => isList(item));
  if (nested)
    unsupportedOption(
      'it takes an array of several dimensions as a constant',
      call.settings.layer,
      'use a number or a flat list',
    );
  return call.graph.parameter(constantName, [numbers.length], () => Float32Array.from(numbers));
}

function binary(combine: Arithmetic): Build {
  return (call) => {
    const x = tensorOf(call, 0, ['x', 'x1', 'a'], 'constant');
    const y = tensorOf(call, 1, ['y', 'x2', 'b'], 'constant');
    return combine(call.graph, x, y);
  };
}

/** Division by a constant is a product. */
function divide(call: LayerCall): TensorId {
  const divisor = numbersIn(valueOf(call, 1, 'y', 'x2'));
  if (divisor === undefined || divisor.length === 0 || divisor.some((value) => value === 0)) {
    return unsupportedOption(
      'it divides by something else than a fixed number',
      call.settings.layer,
      'multiply by the reciprocal',
    );
  }
  const x = tensorOf(call, 0, ['x', 'x1'], 'dividend');
  return call.graph.add(
    'MUL',
    [x, call.graph.parameter('reciprocal', [divisor.length], () => Float32Array.from(divisor, (value) => 1 / value))],
    {},
  );
}

function unary(activation: string): Build {
  return (call) => activate(call, tensorOf(call, 0, ['x', 'features', 'a', 'logits'], 'constant'), activation);
}

function negative(call: LayerCall): TensorId {
  return scale(call.graph, tensorOf(call, 0, ['x'], 'constant'), 'minus_one', -1);
}

/** Approximate by default as an operation of Keras 3, but not as a function of TensorFlow. */
function gelu(call: LayerCall): TensorId {
  const approximate = valueOf(call, 1, 'approximate') ?? call.kerasVersion >= 3;
  if (typeof approximate !== 'boolean')
    return invalidConfig('its argument approximate is neither true nor false', `layer ${call.settings.layer}`);
  return call.graph.add('GELU', [tensorOf(call, 0, ['x', 'features'], 'constant')], { approximate });
}

function mean(call: LayerCall): TensorId {
  const { graph } = call;
  const x = tensorOf(call, 0, ['x', 'input_tensor'], 'constant');
  const rank = graph.shape(x).length;
  const axes = numbersIn(valueOf(call, 1, 'axis'))?.map((axis) => (axis < 0 ? axis + rank : axis));
  if (
    axes === undefined ||
    axes.length === 0 ||
    axes.some((axis) => !Number.isInteger(axis) || axis < 1 || axis >= rank)
  ) {
    return unsupportedOption('it takes the mean over the batch', call.settings.layer, 'name the axes, without 0');
  }
  return graph.add('MEAN', [x, graph.indices('axes', axes)], { keepDims: valueOf(call, 2, 'keepdims') === true });
}

function reshape(call: LayerCall): TensorId {
  const x = tensorOf(call, 0, ['tensor', 'x'], 'constant');
  const shape = numbersIn(valueOf(call, 1, 'shape', 'newshape'));
  const count = call.graph.shape(x).reduce((total, size) => total * size, 1);
  if (shape === undefined || !shape.every((size) => size === -1 || (Number.isInteger(size) && size >= 1))) {
    return invalidConfig('its shape is not made of sizes', `layer ${call.settings.layer}`);
  }
  // A fixed batch is written out as the first size.
  const [first, ...rest] = shape;
  const sizes = first === call.batch ? [call.graph.shape(x)[0]!, ...rest] : shape;
  return call.graph.reshape(x, resolveShape(call, sizes, count));
}

const OPERATIONS: Readonly<Record<string, Build>> = {
  add: binary(add),
  subtract: binary(subtract),
  multiply: binary(multiply),
  divide,
  negative,
  mean,
  reshape,
  relu: unary('relu'),
  relu6: unary('relu6'),
  sigmoid: unary('sigmoid'),
  tanh: unary('tanh'),
  silu: unary('silu'),
  elu: unary('elu'),
  selu: unary('selu'),
  softplus: unary('softplus'),
  softsign: unary('softsign'),
  exp: unary('exponential'),
  abs: (call) => call.graph.add('ABS', [tensorOf(call, 0, ['x'], 'constant')], {}),
  log: (call) => call.graph.add('LOG', [tensorOf(call, 0, ['x'], 'constant')], {}),
  rsqrt: (call) => call.graph.add('RSQRT', [tensorOf(call, 0, ['x'], 'constant')], {}),
  gelu,
  softmax: (call) => {
    const axis = valueOf(call, 1, 'axis') ?? -1;
    if (typeof axis !== 'number')
      return unsupportedOption('softmax along several axes', call.settings.layer, 'use axis=-1');
    return softmax(call.graph, tensorOf(call, 0, ['logits', 'x'], 'constant'), axis);
  },
};

/** Names of TensorFlow functions (TFOpLambda) and of Keras 3 operation classes for the same arithmetic. */
const NAMES: Readonly<Record<string, string>> = {
  '__operators__.add': 'add',
  'math.add': 'add',
  Add: 'add',
  'math.subtract': 'subtract',
  Subtract: 'subtract',
  '__operators__.subtract': 'subtract',
  'math.multiply': 'multiply',
  Multiply: 'multiply',
  '__operators__.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
  TrueDivide: 'divide',
  Divide: 'divide',
  '__operators__.truediv': 'divide',
  'math.negative': 'negative',
  Negative: 'negative',
  'math.reduce_mean': 'mean',
  Mean: 'mean',
  reshape: 'reshape',
  Reshape: 'reshape',
  'nn.relu': 'relu',
  Relu: 'relu',
  'nn.relu6': 'relu6',
  Relu6: 'relu6',
  'math.sigmoid': 'sigmoid',
  'nn.sigmoid': 'sigmoid',
  Sigmoid: 'sigmoid',
  'math.tanh': 'tanh',
  'nn.tanh': 'tanh',
  Tanh: 'tanh',
  'nn.silu': 'silu',
  Silu: 'silu',
  'nn.swish': 'silu',
  'nn.elu': 'elu',
  'nn.selu': 'selu',
  Selu: 'selu',
  'nn.softplus': 'softplus',
  'math.softplus': 'softplus',
  Softplus: 'softplus',
  'nn.softsign': 'softsign',
  Softsign: 'softsign',
  'math.exp': 'exp',
  Exp: 'exp',
  'math.abs': 'abs',
  Absolute: 'abs',
  Abs: 'abs',
  'math.log': 'log',
  Log: 'log',
  'math.rsqrt': 'rsqrt',
  Rsqrt: 'rsqrt',
  'nn.gelu': 'gelu',
  Gelu: 'gelu',
  'nn.softmax': 'softmax',
  Softmax: 'softmax',
};

/** The arithmetic that `name` stands for, or undefined. */
export function operationOf(name: string): LayerDefinition | undefined {
  const operation = Object.hasOwn(NAMES, name) ? OPERATIONS[NAMES[name]!] : undefined;
  return operation === undefined ? undefined : { build: operation };
}
