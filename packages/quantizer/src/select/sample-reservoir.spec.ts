// Which samples are kept of a stream, that they are the same every time, and that nobody writes into them later.
import type { TensorData } from '@wherry/graph';
import { SampleReservoir } from './sample-reservoir.js';

function keptOf(count: number, capacity: number): number[] {
  const reservoir = new SampleReservoir(capacity);
  for (let i = 0; i < count; i++) reservoir.offer({ inputs: [Float32Array.of(i)], expected: [], block: i % 16 });
  return reservoir.samples.map(({ inputs }) => Number(inputs[0]![0]));
}

it('keeps all of a short stream, in its order', () => {
  expect(keptOf(5, 8)).toEqual([0, 1, 2, 3, 4]);
  expect(keptOf(8, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('keeps as many as it can hold of a long one, no sample twice, each part of the stream alike', () => {
  const kept = keptOf(4000, 400);
  expect([kept.length, new Set(kept).size]).toEqual([400, 400]);
  for (const part of [0, 1, 2, 3]) {
    const own = kept.filter((i) => Math.floor(i / 1000) === part).length;
    // 100 with a standard deviation of 8.7.
    expect([part, Math.abs(own - 100) < 35]).toEqual([part, true]);
  }
});

it('keeps the same ones every time, whatever is in them', () => {
  expect(keptOf(3000, 50)).toEqual(keptOf(3000, 50));
  // What it keeps is written into baselines: a change of the choice is to be made knowingly.
  expect(keptOf(40, 4)).toMatchInlineSnapshot(`
    [
      22,
      5,
      16,
      32,
    ]
  `);
});

it('copies the inputs that it keeps: whoever reads samples may reuse their memory', () => {
  const reservoir = new SampleReservoir(2);
  const inputs: TensorData[] = [Float32Array.of(1), Int8Array.of(2)];
  reservoir.offer({ inputs, expected: [Float32Array.of(3)], block: 5 });
  inputs[0]!.fill(9 as never);
  inputs[1]!.fill(9 as never);
  expect(reservoir.samples).toEqual([
    { inputs: [Float32Array.of(1), Int8Array.of(2)], expected: [Float32Array.of(3)], block: 5 },
  ]);
});
