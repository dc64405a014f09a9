// One operator as a whole graph: what the operators' tests, goldens and parity checks run.
import { GraphBuilder } from './builder.js';
import type { DataType, TensorData } from './data-type.js';
import type { Graph, Quantization, Shape } from './ir.js';
import type { AttributesOf, OpKind } from './ops/index.js';
import { verify } from './verify.js';

/** An input of the operator: with `data` a constant, without it an input of the graph. `null`: left out. */
export interface OperandOfOne {
  readonly shape: Shape;
  readonly dtype?: DataType;
  readonly quantization?: Quantization | undefined;
  readonly data?: TensorData;
  /** Neither: a state of the operator. */
  readonly isState?: boolean;
}

/** The verified graph; its first node is the operator. `outputDtype` is needed where the inputs do not decide it (QUANTIZE). Throws WherryError where a requirement does not hold. */
export function singleOperatorGraph<K extends OpKind>(
  kind: K,
  inputs: readonly (OperandOfOne | null)[],
  attributes: Partial<AttributesOf<K>>,
  outputQuantization?: Quantization,
  outputDtype?: DataType,
): Graph {
  const builder = new GraphBuilder('one operator');
  const ids = inputs.map((operand, position) => {
    if (operand === null) return null;
    const { shape, dtype = 'float32', quantization, data, isState } = operand;
    const name = `input ${position}`;
    if (isState === true) return builder.state(name, shape, dtype, quantization);
    return data === undefined
      ? builder.input(name, shape, dtype, quantization)
      : builder.constant(name, shape, data, dtype, quantization);
  });
  const outputs = builder.addAll(kind, ids, attributes, {
    origin: 'layer',
    ...(outputQuantization === undefined ? {} : { outputQuantization }),
    ...(outputDtype === undefined ? {} : { outputDtype }),
  });
  return verify(builder.finish(outputs), 'building one operator');
}
