// Concatenations without copies: what is joined is made where it ends, where that takes no more memory.
import { GraphBuilder, type Graph, type TensorId } from '@wherry/graph';
import { kernelCalls } from '../compile-model.js';
import { joinsOf } from './joined-parts.js';
import { offsetOf, planArena, type ArenaPlan } from './plan-arena.js';
import { replay } from './replay.js';
import { sameBytes } from './same-bytes.js';

const int8 = { scale: [0.125], zeroPoint: [0], axis: 0 };

class Network {
  readonly builder = new GraphBuilder('joined');

  input(...shape: number[]): TensorId {
    return this.builder.input(`x${shape.join('x')}`, shape, 'int8', int8);
  }

  dense(from: TensorId, depth: number, units: number, outputQuantization = int8): TensorId {
    const weights = this.builder.constant('w', [units, depth], new Int8Array(units * depth).fill(1), 'int8', int8);
    const operands = [from, weights];
    return this.builder.add('FULLY_CONNECTED', operands, {}, { origin: `dense ${units}`, outputQuantization });
  }

  join(axis: number, ...parts: TensorId[]): TensorId {
    return this.builder.add('CONCATENATION', parts, { axis }, { origin: 'join', outputQuantization: int8 });
  }
}

const planOf = (graph: Graph): ArenaPlan => planArena(graph, kernelCalls(graph));
const callsOfJoin = ({ nodes }: Graph, { calls }: ArenaPlan): number[] =>
  nodes.flatMap(({ kind }, node) => (kind === 'CONCATENATION' ? [calls[node]!.length] : []));

function towers(units: readonly number[], axis = -1): { graph: Graph; parts: TensorId[]; whole: TensorId } {
  const network = new Network();
  const x = network.input(1, 8);
  const parts = units.map((count) => network.dense(x, 8, count));
  const whole = network.join(axis, ...parts);
  const sum = units.reduce((all, count) => all + count, 0);
  return { graph: network.builder.finish([network.dense(whole, sum, 4)]), parts, whole };
}

it('copies nothing where parts lie one behind the other, and needs no memory for them', () => {
  const { graph, parts, whole } = towers([16, 32, 8]);
  const plan = planOf(graph);
  expect(callsOfJoin(graph, plan)).toEqual([0]);
  const begins = offsetOf(plan, whole)!;
  expect(parts.map((id) => offsetOf(plan, id)! - begins)).toEqual([0, 16, 48]);
  // What is read by all, and the whole.
  expect(plan.places.bytes).toBe(8 + 56);
  expect(replay(graph, plan)).toBeUndefined();
});

it('is held against every access: a part at another place is found', () => {
  const { graph, parts } = towers([16, 32]);
  const plan = planOf(graph);
  const moved = { ...plan, partAt: new Map([...plan.partAt, [parts[1]!, 12]]) };
  expect(replay(graph, moved)).toMatch(/reads what is overwritten|does not leave all/);
});

it('copies the part that begins at no multiple of what is aligned, and no other', () => {
  const { graph } = towers([16, 6, 8]);
  expect(callsOfJoin(graph, planOf(graph))).toEqual([1]);
});

it.each<[string, (network: Network) => TensorId]>([
  [
    'that is twice in it',
    (network) => {
      const part = network.dense(network.input(1, 8), 8, 8);
      return network.join(-1, part, part);
    },
  ],
  ['that the caller writes', (network) => network.join(-1, network.input(1, 8), network.input(1, 12))],
  [
    'with another scale',
    (network) => {
      const from = network.input(1, 8);
      const other = { ...int8, scale: [0.25] };
      return network.join(-1, network.dense(from, 8, 8, other), network.dense(from, 8, 8, other));
    },
  ],
  ['of which places of others lie between its own', (network) => network.join(3, ...[0, 1].map(() => relu(network)))],
])('makes no part %s in its place', (_, join) => {
  const network = new Network();
  const graph = network.builder.finish([join(network)]);
  expect(joinsOf(graph, sameBytes(graph), 4)).toEqual([]);
});

function relu(network: Network, from = network.input(1, 2, 2, 4)): TensorId {
  return network.builder.add('RELU', [from], {}, { origin: 'relu', outputQuantization: int8 });
}

it('makes no part in place of what it is made of, where another part may lie', () => {
  const network = new Network();
  const parts = [16, 16, 16].map((units) => relu(network, network.dense(network.input(1, 8), 8, units)));
  const graph = network.builder.finish([network.join(-1, ...parts)]);
  const plan = planOf(graph);
  expect(callsOfJoin(graph, plan)).toEqual([0]);
  expect(replay(graph, plan)).toBeUndefined();
});

it('joins along the first axis with more than one place, reshaped parts as well', () => {
  const network = new Network();
  const parts = [8, 12].map((units) => {
    const made = network.dense(network.input(1, 8), 8, units);
    const shape = network.builder.constant('shape', [3], Int32Array.of(1, units / 4, 4), 'int32');
    return network.builder.add('RESHAPE', [made, shape], {}, { origin: 'boxes', outputQuantization: int8 });
  });
  const graph = network.builder.finish([network.join(1, ...parts)]);
  const plan = planOf(graph);
  expect(callsOfJoin(graph, plan)).toEqual([0]);
  expect(replay(graph, plan)).toBeUndefined();
});

it('copies where a whole that is there from its first part on takes more memory', () => {
  const network = new Network();
  const x = network.input(1, 8);
  const early = network.dense(x, 8, 4);
  // While these are made, the whole of the join would lie beside them.
  const wide = network.dense(network.dense(x, 8, 96), 96, 96);
  const late = network.dense(wide, 96, 92);
  const graph = network.builder.finish([network.join(-1, early, late)]);
  const plan = planOf(graph);
  expect(callsOfJoin(graph, plan)[0]).toBeGreaterThan(0);
  expect(replay(graph, plan)).toBeUndefined();
});

it('never makes a part in two places', () => {
  const network = new Network();
  const x = network.input(1, 8);
  const [a, b, c] = [network.dense(x, 8, 8), network.dense(x, 8, 8), network.dense(x, 8, 8)];
  const graph = network.builder.finish([network.join(-1, a, b), network.join(-1, b, c)]);
  const plan = planOf(graph);
  expect(joinsOf(graph, sameBytes(graph), 4).map(({ parts }) => parts.size)).toEqual([2, 1]);
  expect(replay(graph, plan)).toBeUndefined();
});
