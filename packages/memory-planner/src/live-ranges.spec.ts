// Lifetimes, worked by hand on a graph with a branch, a constant, scratch and tensors at the ends.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { liveRanges } from './live-ranges.js';

/** x -> a -> (b, c) -> d ; a constant is added to c. */
function branching(): Graph {
  const builder = new GraphBuilder('branching');
  const x = builder.input('x', [1, 20]);
  const constant = builder.constant('k', [1, 20], new Float32Array(20), 'float32');
  const a = builder.add('RELU', [x], {}, { origin: 'a' });
  const b = builder.add('RELU', [a], {}, { origin: 'b' });
  const c = builder.add('ADD', [a, constant], {}, { origin: 'c' });
  const d = builder.add('ADD', [b, c], {}, { origin: 'd' });
  return builder.finish([d]);
}

describe('liveRanges', () => {
  it('lets a tensor live from its producer to its last reader, rounded up to 16 bytes', () => {
    const rows = liveRanges(branching(), [[], [], [], []], 16).map(({ owner, bytes, firstStep, lastStep }) => [
      owner,
      bytes,
      firstStep,
      lastStep,
    ]);
    expect(rows).toEqual([
      [{ kind: 'tensor', tensor: 0 }, 80, 0, 1],
      [{ kind: 'tensor', tensor: 2 }, 80, 1, 3],
      [{ kind: 'tensor', tensor: 3 }, 80, 2, 4],
      [{ kind: 'tensor', tensor: 4 }, 80, 3, 4],
      [{ kind: 'tensor', tensor: 5 }, 80, 4, 4],
    ]);
  });

  it('leaves out what is kept from run to run: it lies apart for good', () => {
    const [{ graph }] = casesOf('SVDF') as [FilledCase];
    const owners = liveRanges(graph, [[]], 16).map(({ owner }) => owner);
    expect(owners).toEqual([graph.inputs[0], graph.outputs[0]].map((tensor) => ({ kind: 'tensor', tensor })));
  });

  it('keeps outputs to the end and lets scratch live for its node only', () => {
    const graph = { ...branching(), outputs: [2, 5] };
    const buffers = liveRanges(graph, [[], [40, 1], [], []], 16);
    expect(buffers[1]).toEqual({ owner: { kind: 'tensor', tensor: 2 }, bytes: 80, firstStep: 1, lastStep: 4 });
    expect(buffers.slice(5)).toEqual([
      { owner: { kind: 'scratch', node: 1, position: 0 }, bytes: 48, firstStep: 2, lastStep: 2 },
      { owner: { kind: 'scratch', node: 1, position: 1 }, bytes: 16, firstStep: 2, lastStep: 2 },
    ]);
  });

  it('keeps an input that nothing reads, and no tensor that nothing uses', () => {
    const graph = branching();
    const tensors = [
      ...graph.tensors,
      { name: 'loose', shape: [3], dtype: 'int8' as const },
      { name: 'spare', shape: [8], dtype: 'int16' as const },
    ];
    const buffers = liveRanges({ ...graph, tensors, inputs: [0, 7] }, [], 16);
    expect(
      buffers.map(({ owner, firstStep, lastStep }) => [owner.kind === 'tensor' && owner.tensor, firstStep, lastStep]),
    ).toEqual([
      [0, 0, 1],
      [7, 0, 0],
      [2, 1, 3],
      [3, 2, 4],
      [4, 3, 4],
      [5, 4, 4],
    ]);
  });

  it('gives 4-bit values a byte each', () => {
    const graph = branching();
    const buffers = liveRanges(
      { ...graph, tensors: [{ name: 'x', shape: [20], dtype: 'int4' }, ...graph.tensors.slice(1)] },
      [],
      16,
    );
    expect(buffers[0]!.bytes).toBe(32);
  });
});
