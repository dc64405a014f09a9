// One graph made ready to be differentiated: its nodes are lowered once for each number of samples that comes along.
import { elementCount, freshStates, resetStates, sameShape, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { withConstantNodesComputed } from '../constant-nodes.js';
import { upload } from '../transfer.js';
import type { DifferentiableGraph, DifferentiableOptions } from './differentiable-engine.js';
import { flowingTensors, sampleStep, type SampleStep } from './sample-step.js';

export function prepareDifferentiable(tf: typeof Tfjs, given: Graph): DifferentiableGraph {
  const graph = withConstantNodesComputed(given);
  const frozen = constantsOfNodesThatAreGone(given, graph);
  const flowing = flowingTensors(graph);
  const states = freshStates(graph);
  const constants = new Map<TensorId, Tfjs.Tensor>();
  const lowered = new Map<number, readonly SampleStep[]>();
  const stepsFor = (samples: number): readonly SampleStep[] => {
    const steps =
      lowered.get(samples) ?? graph.nodes.map((node) => sampleStep({ tf, graph, flowing, states, samples }, node));
    lowered.set(samples, steps);
    return steps;
  };
  const constantOf = (id: TensorId): Tfjs.Tensor => {
    const { data, shape, dtype } = tensorAt(graph, id);
    const constant = constants.get(id) ?? tf.keep(upload(tf, data!, shape, dtype));
    constants.set(id, constant);
    return constant;
  };
  return {
    run: (inputs, options) => {
      const samples = samplesIn(graph, inputs);
      checkVariables(graph, frozen, options.variables);
      resetStates(graph, states);
      return tf.tidy(() => runOnce({ graph, steps: stepsFor(samples), constantOf }, inputs, options));
    },
    dispose: () => {
      for (const constant of constants.values()) constant.dispose();
      constants.clear();
    },
  };
}

interface Prepared {
  readonly graph: Graph;
  readonly steps: readonly SampleStep[];
  readonly constantOf: (id: TensorId) => Tfjs.Tensor;
}

function runOnce(
  { graph, steps, constantOf }: Prepared,
  inputs: readonly Tfjs.Tensor[],
  { variables, at = (_, tensor) => tensor }: DifferentiableOptions,
): Tfjs.Tensor[] {
  const values = new Map<TensorId, Tfjs.Tensor>();
  const put = (id: TensorId, tensor: Tfjs.Tensor): Tfjs.Tensor => {
    const value = tensorAt(graph, id).dtype === 'float32' ? at(id, tensor) : tensor;
    values.set(id, value);
    return value;
  };
  const valueOf = (id: TensorId): Tfjs.Tensor | undefined => {
    const known = values.get(id);
    if (known !== undefined) return known;
    const variable = variables.get(id);
    if (variable !== undefined) return put(id, variable);
    // What has no data besides is a state, which the plain kernel that keeps it reads on its own.
    return tensorAt(graph, id).data === undefined ? undefined : constantOf(id);
  };
  graph.inputs.forEach((id, position) => put(id, inputs[position]!));
  graph.nodes.forEach((node, position) => {
    const results = steps[position]!(node.inputs.map((id) => (id === null ? undefined : valueOf(id))));
    node.outputs.forEach((id, output) => put(id, results[output]!));
  });
  // A copy, for what is given out may be an input or a constant, which the caller does not own.
  return graph.outputs.map((id) => valueOf(id)!.clone());
}

/** The number of samples along dimension 0 of every input. */
function samplesIn(graph: Graph, inputs: readonly Tfjs.Tensor[]): number {
  const counts = graph.inputs.map((id, position) => {
    const { name, shape } = tensorAt(graph, id);
    const given = inputs[position]?.shape ?? [];
    const samples = elementCount(given) / elementCount(shape);
    const wanted = shape.length === 0 ? [samples] : [shape[0]! * samples, ...shape.slice(1)];
    if (samples >= 1 && Number.isInteger(samples) && sameShape(given, wanted)) return samples;
    throw new RangeError(`input ${name} is given [${given.join(', ')}], which is no number of [${shape.join(', ')}]`);
  });
  if (inputs.length === counts.length && new Set(counts).size === 1) return counts[0]!;
  throw new RangeError(`${inputs.length} inputs of ${counts.join(', ')} samples for a graph of ${counts.length}`);
}

function checkVariables(
  graph: Graph,
  frozen: ReadonlySet<TensorId>,
  variables: DifferentiableOptions['variables'],
): void {
  for (const [id, variable] of variables) {
    const { name, data, dtype, shape } = tensorAt(graph, id);
    if (data === undefined || dtype !== 'float32') throw new RangeError(`${name} is no float32 constant`);
    if (frozen.has(id)) throw new RangeError(`${name} is read by a node that is computed in advance`);
    if (!sameShape(variable.shape, shape)) {
      throw new RangeError(`the variable for ${name} is [${variable.shape.join(', ')}], not [${shape.join(', ')}]`);
    }
  }
}

function constantsOfNodesThatAreGone(before: Graph, after: Graph): ReadonlySet<TensorId> {
  const left = new Set(after.nodes);
  return new Set(
    before.nodes.filter((node) => !left.has(node)).flatMap((node) => node.inputs.filter((id) => id !== null)),
  );
}
