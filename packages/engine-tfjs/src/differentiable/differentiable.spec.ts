// Gradients of every operator's float cases, two samples at once, against central differences of the plain reference.
import {
  activationBounds,
  elementCount,
  evaluate,
  opKinds,
  tensorAt,
  WherryError,
  type FusedActivation,
  type Graph,
  type Node,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { casesOf, randomValues, type FilledCase } from '@wherry/graph/cases';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext } from '../lowering/lowering.js';
import { loweredStep } from '../node-step.js';
import { backendsHere } from '../testing/backends.js';
import { differentiableEngine, type DifferentiableEngine } from './differentiable-engine.js';
import { differences, type Point } from './testing/differences.js';

const samples = 2;
/** Elements looked at of every tensor. */
const most = 12;

const isReal = (graph: Graph, id: TensorId): boolean => tensorAt(graph, id).dtype === 'float32';
const hasGradient = ({ graph, type }: FilledCase): boolean =>
  type.from === 'float32' &&
  type.to === undefined &&
  type.weights === undefined &&
  graph.outputs.every((id) => isReal(graph, id));

/** What is fed to each sample, and the constants that vary; every sample has values of its own. */
function pointOf({ graph, feeds, name }: FilledCase): Point {
  const random = randomValues(`gradient of ${name}`);
  const other = (values: TensorData, id: TensorId): TensorData =>
    isReal(graph, id) ? Float32Array.from(values as Float32Array, (value) => value + (random() - 0.5) / 4) : values;
  return {
    graph,
    feeds: Array.from({ length: samples }, (_, sample) =>
      feeds.map((values, position) => (sample === 0 ? values : other(values, graph.inputs[position]!))),
    ),
    variables: new Map(
      graph.tensors.flatMap(({ data, dtype }, id) => (data !== undefined && dtype === 'float32' ? [[id, data]] : [])),
    ),
    weights: graph.outputs.map((id) =>
      // Away from 0, so that a bend is as clear in the sum as it is in its part.
      Float32Array.from(
        { length: samples * elementCount(tensorAt(graph, id).shape) },
        () => (random() < 0.5 ? -1 : 1) * (1 + random()),
      ),
    ),
  };
}

/** How far a sum may go while differences are taken: two steps times the largest operand. */
const reach = 0.3;

/** Without those outputs that a fused activation would bend while differences are taken. */
function awayFromBends(point: Point): Point {
  const [node] = point.graph.nodes;
  const { activation } = node!.attributes as { readonly activation?: FusedActivation };
  if (activation === undefined || activation === 'NONE') return point;
  const bounds = activationBounds(activation);
  const plain = { ...node!, attributes: { ...node!.attributes, activation: 'NONE' } } as Node;
  const sums = point.feeds.flatMap((feeds) =>
    Array.from(evaluate({ ...point.graph, nodes: [plain] }, feeds)[0]!, Number),
  );
  const [weights] = point.weights;
  return {
    ...point,
    weights: [weights!.map((weight, i) => (bounds.some((bound) => Math.abs(sums[i]! - bound) < reach) ? 0 : weight))],
  };
}

interface Answer {
  /** By input that is real, the samples one behind the other. */
  readonly inputs: readonly Float32Array[];
  readonly variables: ReadonlyMap<TensorId, Float32Array>;
}

const realInputs = (graph: Graph): number[] =>
  graph.inputs.flatMap((id, position) => (isReal(graph, id) ? [position] : []));

function gradientsOf(
  { tf, differentiable }: DifferentiableEngine,
  { graph, feeds, variables, weights }: Point,
): Answer {
  const prepared = differentiable(graph);
  const ids = [...variables.keys()];
  const real = realInputs(graph);
  const data = tf.tidy(() => {
    const fed = graph.inputs.map((id, position) => {
      const { shape } = tensorAt(graph, id);
      const all = feeds.flatMap((sample) => Array.from(sample[position]!, Number));
      const batch = shape.length === 0 ? [samples] : [shape[0]! * samples, ...shape.slice(1)];
      return tf.tensor(all, batch, isReal(graph, id) ? 'float32' : 'int32');
    });
    const varying = ids.map((id) => tf.tensor(variables.get(id) as Float32Array, [...tensorAt(graph, id).shape]));
    const loss = (...given: Tfjs.Tensor[]): Tfjs.Tensor => {
      const inputs = fed.map((tensor, position) => given[real.indexOf(position)] ?? tensor);
      const outputs = prepared.run(inputs, { variables: new Map(ids.map((id, i) => [id, given[real.length + i]!])) });
      return tf.addN(outputs.map((output, i) => tf.sum(tf.mul(tf.reshape(output, [-1]), tf.tensor1d(weights[i]!)))));
    };
    const gradients = tf.grads(loss)([...real.map((position) => fed[position]!), ...varying]);
    return gradients.map((gradient) => gradient.dataSync() as Float32Array);
  });
  prepared.dispose();
  return { inputs: data.slice(0, real.length), variables: new Map(ids.map((id, i) => [id, data[real.length + i]!])) };
}

function faultsOf(engine: DifferentiableEngine, one: FilledCase): readonly string[] {
  const point = awayFromBends(pointOf(one));
  const answer = gradientsOf(engine, point);
  const checks = [
    ...realInputs(one.graph).flatMap((position, i) =>
      point.feeds.map((sample, s) => {
        const values = sample[position] as Float32Array;
        const gradient = answer.inputs[i]!.subarray(s * values.length, (s + 1) * values.length);
        return { what: `input ${position} of sample ${s}`, values, gradient };
      }),
    ),
    ...[...point.variables].map(([id, values]) => ({
      what: `constant ${tensorAt(one.graph, id).name}`,
      values: values as Float32Array,
      gradient: answer.variables.get(id)!,
    })),
  ];
  return checks.flatMap(({ what, values, gradient }) =>
    differences(point, values, gradient, most).map((fault) => `${one.name}: ${what}: ${fault}`),
  );
}

/** Of the engine that calibrates: whatever it does not leave to the plain kernels has a gradient. */
function isLowered({ tf }: DifferentiableEngine, { graph }: FilledCase): boolean {
  const [node] = graph.nodes;
  const operands = node!.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
  const context: LoweringContext = {
    tf,
    differentiable: false,
    inputs: operands,
    outputs: node!.outputs.map((id) => tensorAt(graph, id)),
    keep: (tensor) => tensor,
    takeOver: () => undefined,
  };
  return tf.tidy(() => loweredStep(node!, context) !== 'reference');
}

/** Faults of the gradients where there are some, of their refusal where there are none. */
function examine(engine: DifferentiableEngine, one: FilledCase): readonly string[] {
  const lowered = isLowered(engine, one);
  try {
    const faults = faultsOf(engine, one);
    return lowered ? faults : [`${one.name}: a gradient of what has none`];
  } catch (error) {
    const isRefused = !lowered && error instanceof WherryError && error.definition.code === 'GRADIENT_UNAVAILABLE';
    return isRefused && error.details.where === 'layer' ? [] : [`${one.name}: ${String(error)}`];
  }
}

describe.each(await backendsHere())('%s', (backend) => {
  const lowered = opKinds.filter((kind) => casesOf(kind).some(hasGradient));

  it.each(lowered)('%s has the gradients of its differences in every case', async (kind) => {
    const engine = await differentiableEngine(backend);
    const cases = casesOf(kind).filter(hasGradient);
    expect(cases.flatMap((one) => examine(engine, one))).toEqual([]);
  });
});
