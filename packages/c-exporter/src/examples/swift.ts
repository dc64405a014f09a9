// model_example.swift: TensorFlow Lite's interpreter with the Metal delegate on iOS. Names of the interface as in
// google-ai-edge/LiteRT v2.1.0, tflite/swift (Interpreter, MetalDelegate, Tensor).
import type { DataType } from '@wherry/graph';
import { c, comment, decimal, integer, join, unicodeString, type CFragment } from '@wherry/c-source';
import type { TensorExport } from '../model-export.js';
import {
  className,
  decisionOf,
  exampleBanner,
  isReal,
  isStored,
  nothing,
  sizeOf,
  storedRange,
  type Decision,
  type ExampleModel,
} from './example-model.js';

const types: { readonly [dtype in DataType]?: CFragment } = {
  float32: c`Float`,
  int8: c`Int8`,
  uint8: c`UInt8`,
  int16: c`Int16`,
  int32: c`Int32`,
  int64: c`Int64`,
  bool: c`Bool`,
};

/** `Tensor.DataType` has no such case, and a tensor without one is refused. */
const unknownToSwift: readonly DataType[] = ['int8'];

const storedType = ({ dtype }: TensorExport): CFragment => types[dtype] ?? c`UInt8`;
const typeOf = (tensor: TensorExport): CFragment => (isReal(tensor) ? c`Float` : storedType(tensor));

export function swiftExample(model: ExampleModel): CFragment {
  const { inputs, outputs, name } = model;
  const decision = decisionOf(model);
  const parameters = inputs.map((tensor, at) => c`_ input${integer(at)}: [${typeOf(tensor)}]`);
  const results = outputs.map((tensor) => c`[${typeOf(tensor)}]`);
  const reads = outputs.map(readOf);
  return c`${exampleBanner(
    model,
    'swift',
    `how an iOS application runs ${name}.tflite on the GPU with the Metal delegate`,
    [
      "In the Podfile: pod 'TensorFlowLiteSwift', :subspecs => ['Metal'].",
      'The file belongs into the bundle of the application (Build Phases, Copy Bundle Resources).',
      ...([...inputs, ...outputs].some(({ dtype }) => unknownToSwift.includes(dtype))
        ? ['TensorFlowLiteSwift knows no tensor of int8: use float32 inputs and outputs, or the C interface.']
        : []),
    ],
  )}

import Foundation
import TensorFlowLite

/// Prepares the model once; run it as often as you like, on one thread at a time.
final class ${className(model)} {
${
  decision === undefined
    ? nothing
    : c`  static let labels = [${join(
        decision.labels.map((label) => unicodeString(label, 'swift')),
        ', ',
      )}]\n\n`
}  private let interpreter: Interpreter

  init(modelPath: String) throws {
    var options = MetalDelegate.Options()
${precisionOf(model)}
    options.isPrecisionLossAllowed = ${model.halfPrecision ? c`true` : c`false`}
    interpreter = try Interpreter(modelPath: modelPath, delegates: [MetalDelegate(options: options)])
    try interpreter.allocateTensors()
  }

  /// The path to give: nil where the file is not in the bundle.
  static var bundledModelPath: String? {
    Bundle.main.path(forResource: ${unicodeString(name, 'swift')}, ofType: "tflite")
  }

  /// Values in the order of the shape, the last dimension fastest; real numbers as they were in training.
  func run(${join(parameters, ', ')}) throws -> ${results.length === 1 ? results[0]! : c`(${join(results, ', ')})`} {
${join([...inputs.map(writeOf), c`    try interpreter.invoke()`], '\n')}
    return ${reads.length === 1 ? reads[0]! : c`(${join(reads, ', ')})`}
  }
${decision === undefined ? nothing : labelFunction(decision)}${inputs.some(isStored) ? conversions : nothing}
  private func data<Value>(_ values: [Value]) -> Data {
    values.withUnsafeBytes { Data($0) }
  }

  private func values<Value>(_ index: Int, _ type: Value.Type) throws -> [Value] {
    try interpreter.output(at: index).data.withUnsafeBytes { Array($0.bindMemory(to: type)) }
  }
}
`;
}

function precisionOf({ halfPrecision }: ExampleModel): CFragment {
  return c`    ${comment(
    halfPrecision
      ? 'The numbers of this model were made for float16, which is faster; the default is float32.'
      : 'This model was not made for float16.',
  )}`;
}

function writeOf(tensor: TensorExport, at: number): CFragment {
  const input = c`input${integer(at)}`;
  const message = unicodeString(`input ${at} takes ${sizeOf(tensor)} values`, 'swift');
  const check = c`    precondition(${input}.count == ${integer(sizeOf(tensor))}, ${message})`;
  const { quantization, dtype } = tensor;
  const copy = (values: CFragment): CFragment =>
    c`${check}\n    _ = try interpreter.copy(data(${values}), toInputAt: ${integer(at)})`;
  if (quantization === undefined || !isStored(tensor)) return copy(input);
  const [least, greatest] = storedRange[dtype]!;
  return copy(
    c`${input}.map { ${storedType(tensor)}(stored($0, ${decimal(quantization.scale)}, ${integer(quantization.zeroPoint)}, ${integer(least)}, ${integer(greatest)})) }`,
  );
}

function readOf(tensor: TensorExport, at: number): CFragment {
  const { quantization } = tensor;
  const read = c`try values(${integer(at)}, ${storedType(tensor)}.self)`;
  if (quantization === undefined || !isStored(tensor)) return read;
  return c`${read}.map { ${decimal(quantization.scale)} * (Float($0) - ${integer(quantization.zeroPoint)}) }`;
}

const conversions = c`
  /// The stored value nearest to a real one; halves away from zero.
  private func stored(_ real: Float, _ scale: Float, _ zeroPoint: Float, _ least: Float, _ greatest: Float) -> Float {
    max(least, min(greatest, (real / scale).rounded(.toNearestOrAwayFromZero) + zeroPoint))
  }
`;

function labelFunction({ by }: Decision): CFragment {
  return by === 'greatest'
    ? c`
  /// The label of the greatest score in output 0.
  func label(_ scores: [Float]) -> String {
    Self.labels[scores.indices.max { scores[$0] < scores[$1] }!]
  }
`
    : c`
  /// The second label where output 0 is above one half.
  func label(_ scores: [Float]) -> String {
    Self.labels[scores[0] > 0.5 ? 1 : 0]
  }
`;
}
