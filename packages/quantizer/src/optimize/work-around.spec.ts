// The rewrite around a runtime's fault: the fault is gone, the tensors that the user knows stay, no bit changes.
import { evaluate, GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import type { KernelFault, NodeFault, Workaround } from '@wherry/profiles';
import { workAround } from './work-around.js';

const logits = { scale: [0.125], zeroPoint: [3], axis: 0 };
const probabilities = { scale: [1 / 256], zeroPoint: [-128], axis: 0 };

/** Two softmaxes, the second of the first: [2, 1, 3, 5] throughout. */
function twice(): Graph {
  const builder = new GraphBuilder('twice');
  const input = builder.input('x', [2, 1, 3, 5], 'int8', logits);
  const add = (id: number, origin: string): number =>
    builder.add('SOFTMAX', [id], { beta: 1 }, { origin, outputQuantization: probabilities });
  return builder.finish([add(add(input, 'first'), 'second')]);
}

const fault = (node: number, workaround: Workaround): NodeFault => {
  const known: KernelFault = { operator: 'SOFTMAX', when: {}, fault: 'does wrong', source: 'here', workaround };
  return { node, fault: known };
};

const values = Int8Array.from({ length: 30 }, (_, i) => ((i * 37) % 256) - 128);

it('puts the node on rows, and gives back the shape that was there', () => {
  const graph = twice();
  const { graph: changed, written, steps } = workAround(graph, [fault(0, 'rows'), fault(1, 'rows')]);
  expect(changed.nodes.map(({ kind, origin }) => `${kind} ${origin}`)).toEqual(
    ['first', 'second'].flatMap((origin) => ['RESHAPE', 'SOFTMAX', 'RESHAPE'].map((kind) => `${kind} ${origin}`)),
  );
  for (const node of changed.nodes.filter(({ kind }) => kind === 'SOFTMAX')) {
    expect(tensorAt(changed, node.inputs[0]!).shape).toEqual([6, 5]);
  }
  expect(changed.outputs).toEqual(graph.outputs);
  expect(tensorAt(changed, changed.outputs[0]!)).toEqual(tensorAt(graph, graph.outputs[0]!));
  expect(written.get(graph.outputs[0]!)).toBe(changed.nodes[4]!.outputs[0]);
  expect(steps).toMatchObject([
    { rewrite: 'work-around-softmax', nodesBefore: 2, nodesAfter: 4 },
    { rewrite: 'work-around-softmax', nodesBefore: 4, nodesAfter: 6 },
  ]);
  expect(steps[0]!.what).toContain('SOFTMAX does wrong');
  expect(new Set(changed.tensors.map(({ name }) => name)).size).toBe(changed.tensors.length);
});

it('changes no bit', () => {
  const graph = twice();
  const { graph: changed } = workAround(graph, [fault(0, 'rows'), fault(1, 'rows')]);
  expect(evaluate(changed, [values])).toEqual(evaluate(graph, [values]));
});

it('leaves alone what cannot be worked around', () => {
  const graph = twice();
  expect(workAround(graph, [fault(0, 'none')])).toMatchObject({ graph, steps: [] });
  expect(workAround(graph, []).graph).toBe(graph);
});

describe('by a RESHAPE in its place', () => {
  /** [1, 3, 1, 5] squeezed, doubled by a sum, and with a dimension put in again. */
  function shaped(): Graph {
    const builder = new GraphBuilder('shaped');
    const input = builder.input('x', [1, 3, 1, 5], 'float32');
    const flat = builder.add('SQUEEZE', [input], { dimensions: [2] }, { origin: 'flat' });
    const sum = builder.add('ADD', [flat, flat], {}, { origin: 'sum' });
    const axis = builder.constant('axis', [], Int32Array.of(-1), 'int32');
    return builder.finish([builder.add('EXPAND_DIMS', [sum, axis], {}, { origin: 'wide' })]);
  }
  const reals = Float32Array.from({ length: 15 }, (_, i) => (i - 7) / 3);

  it('changes no bit, and neither tensors nor names that the user knows', () => {
    const graph = shaped();
    const { graph: changed, written, steps } = workAround(graph, [fault(0, 'reshape'), fault(2, 'reshape')]);
    expect(changed.nodes.map(({ kind, origin }) => `${kind} ${origin}`)).toEqual([
      'RESHAPE flat',
      'ADD sum',
      'RESHAPE wide',
    ]);
    expect(changed.outputs).toEqual(graph.outputs);
    expect(tensorAt(changed, changed.outputs[0]!)).toEqual(tensorAt(graph, graph.outputs[0]!));
    expect([...written].every(([before, now]) => before === now)).toBe(true);
    expect(evaluate(changed, [reals])).toEqual(evaluate(graph, [reals]));
    expect(steps.map(({ what }) => what)).toEqual([
      "flat: written as a RESHAPE, because the runtime's SQUEEZE does wrong",
      "wide: written as a RESHAPE, because the runtime's EXPAND_DIMS does wrong",
    ]);
  });

  it('is left alone where the bytes would not be the same', () => {
    const graph = shaped();
    expect(workAround(graph, [fault(1, 'reshape')])).toMatchObject({ graph, steps: [] });
  });
});
