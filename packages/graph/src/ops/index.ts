// Every operator of the language, by its TFLite name. The kinds and their attributes are derived from this list.
import type { OperatorDefinition } from '../op-definition.js';
import { averagePool2d } from './average-pool-2d.js';
import { conv2d } from './conv-2d.js';
import { depthwiseConv2d } from './depthwise-conv-2d.js';
import { fullyConnected } from './fully-connected.js';
import { leakyRelu } from './leaky-relu.js';
import { logistic } from './logistic.js';
import { maxPool2d } from './max-pool-2d.js';
import { mean } from './mean.js';
import { relu } from './relu.js';
import { relu6 } from './relu6.js';
import { softmax } from './softmax.js';
import { tanh } from './tanh.js';

export const operators = {
  AVERAGE_POOL_2D: averagePool2d,
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  FULLY_CONNECTED: fullyConnected,
  LEAKY_RELU: leakyRelu,
  LOGISTIC: logistic,
  MAX_POOL_2D: maxPool2d,
  MEAN: mean,
  RELU: relu,
  RELU6: relu6,
  SOFTMAX: softmax,
  TANH: tanh,
} as const;

export type OpKind = keyof typeof operators;

export type AttributesOf<K extends OpKind> = (typeof operators)[K] extends OperatorDefinition<infer A> ? A : never;

/** The definition of a kind, with its attributes' type left open: for code that treats all operators alike. */
export function operatorOf(kind: OpKind): OperatorDefinition<object> {
  return operators[kind] as unknown as OperatorDefinition<object>;
}

export const opKinds = Object.keys(operators) as readonly OpKind[];
