// One node for a number of samples: all at once where that is the same, one after the other where it is not.
import { resetStates, tensorAt, type Graph, type Node, type States, type Tensor, type TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext, Step } from '../lowering/lowering.js';
import { computesSamplesAtOnce } from '../lowering/samples.js';
import { loweredStep, referenceStep } from '../node-step.js';
import { withoutGradient } from './without-gradient.js';

export type SampleStep = (inputs: readonly (Tfjs.Tensor | undefined)[]) => readonly Tfjs.Tensor[];

export interface SampleContext {
  readonly tf: typeof Tfjs;
  readonly graph: Graph;
  readonly flowing: ReadonlySet<TensorId>;
  readonly states: States;
  readonly samples: number;
}

/** The tensors that differ from sample to sample: what depends on an input. */
export function flowingTensors({ inputs, nodes }: Graph): ReadonlySet<TensorId> {
  const flowing = new Set(inputs);
  for (const node of nodes) {
    if (!node.inputs.some((id) => id !== null && flowing.has(id))) continue;
    for (const id of node.outputs) flowing.add(id);
  }
  return flowing;
}

export function sampleStep(context: SampleContext, node: Node): SampleStep {
  const { graph, flowing, samples } = context;
  const flows = node.inputs.map((id) => id !== null && flowing.has(id));
  const inputs = node.inputs.map((id, position) =>
    id === null ? undefined : { ...tensorAt(graph, id), flows: flows[position]! },
  );
  const outputs = node.outputs.map((id) => tensorAt(graph, id));
  if (computesSamplesAtOnce(node, inputs, outputs)) {
    const many = inputs.map((tensor) => (tensor?.flows ? times(tensor, samples) : tensor));
    const step = loweredStep(
      node,
      loweringContext(
        context.tf,
        many,
        outputs.map((tensor) => times(tensor, samples)),
      ),
    );
    if (step !== 'reference') return (values) => listOf(step(values));
  }
  return oneByOne(context, node, flows, alone(context, node));
}

/** The node for one sample, in the graph's own shapes. */
function alone({ tf, graph, states }: SampleContext, node: Node): Step {
  const context = loweringContext(
    tf,
    node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    node.outputs.map((id) => tensorAt(graph, id)),
  );
  const step = loweredStep(node, context);
  return step === 'reference' ? withoutGradient(tf, node, referenceStep(node, context, states)) : step;
}

function oneByOne(
  { tf, graph, states, flowing, samples }: SampleContext,
  node: Node,
  flows: readonly boolean[],
  step: Step,
): SampleStep {
  // Nothing of it differs between samples.
  if (!node.outputs.some((id) => flowing.has(id))) return (values) => listOf(step(values));
  return (values) => {
    const parts = values.map((value, position) => {
      if (value === undefined || !flows[position]) return undefined;
      const { shape } = tensorAt(graph, node.inputs[position]!);
      return tf.split(value, samples, 0).map((part) => tf.reshape(part, [...shape]));
    });
    const results = Array.from({ length: samples }, (_, sample) => {
      if (states.size > 0) resetStates(graph, states);
      return listOf(step(values.map((value, position) => parts[position]?.[sample] ?? value)));
    });
    return node.outputs.map((_, output) =>
      tf.concat(
        results.map((result) => (result[output]!.rank === 0 ? tf.reshape(result[output]!, [1]) : result[output]!)),
        0,
      ),
    );
  };
}

/** Constants that may vary have no data here, so that no lowering makes one a part of itself. */
function loweringContext(
  tf: typeof Tfjs,
  inputs: readonly (Tensor | undefined)[],
  outputs: readonly Tensor[],
): LoweringContext {
  return {
    tf,
    differentiable: true,
    inputs: inputs.map((tensor) =>
      tensor?.dtype === 'float32' && tensor.data !== undefined ? { ...tensor, data: undefined } : tensor,
    ),
    outputs,
    keep: neverAsked,
    takeOver: neverAsked,
  };
}

function neverAsked(): never {
  throw new Error('a lowering made a constant its own though none has data');
}

function times(tensor: Tensor, samples: number): Tensor {
  return { ...tensor, shape: [tensor.shape[0]! * samples, ...tensor.shape.slice(1)] };
}

function listOf(results: Tfjs.Tensor | readonly Tfjs.Tensor[]): readonly Tfjs.Tensor[] {
  return Array.isArray(results) ? (results as readonly Tfjs.Tensor[]) : [results as Tfjs.Tensor];
}
