// Outputs that give the input again, and embeddings: against figures computed the long way, and with faults planted.
import { readFileSync } from 'node:fs';
import { floatWarning } from './float-plausibility.js';
import { OutputComparator, type OutputComparison } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

type Rows = readonly (readonly number[])[];

interface Golden {
  readonly float: Rows;
  readonly quantized: Rows;
  readonly labels: readonly number[];
  readonly floatAuc: number;
  readonly quantizedAuc: number;
  readonly interval: readonly [number, number];
}

interface ReconstructionGolden extends Golden {
  readonly inputs: Rows;
  readonly groups: readonly number[];
  readonly floatMse: number;
  readonly quantizedMse: number;
}

interface EmbeddingGolden extends Golden {
  readonly meanCosine: number;
  readonly leastCosine: number;
  readonly agree: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
}

const goldens = JSON.parse(readFileSync(new URL('../../fixtures/statistics.json', import.meta.url), 'utf8')) as {
  readonly reconstruction: readonly [ReconstructionGolden];
  readonly embedding: readonly [EmbeddingGolden];
};

interface Sample {
  readonly float: readonly number[];
  readonly quantized: readonly number[];
  readonly label?: number | undefined;
  readonly group?: number | undefined;
  readonly input?: readonly number[] | undefined;
}

function judged(task: OutputTask, samples: readonly Sample[]): OutputComparison {
  const comparator = new OutputComparator('y', task);
  for (const { float, quantized, label, group, input } of samples)
    comparator.add(float, quantized, {
      label,
      group,
      ...(input !== undefined && { inputs: [Float32Array.from(input)] }),
    });
  return comparator.result;
}

const close = (values: readonly number[]): unknown[] => values.map((each) => expect.closeTo(each, 4) as unknown);

describe('reconstruction', () => {
  const [golden] = goldens.reconstruction;
  const task: OutputTask = { kind: 'reconstruction', input: 0, labelled: true };
  const samples = golden.float.map((float, i) => ({
    float,
    quantized: golden.quantized[i]!,
    label: golden.labels[i]!,
    group: golden.groups[i]!,
    input: golden.inputs[i]!,
  }));

  it('scores recordings by the mean over their windows', () => {
    const { reconstruction, recordings } = judged(task, samples);
    const { floatMse, quantizedMse, floatAuc, quantizedAuc, chance, ranked } = reconstruction!;
    expect([recordings, ranked]).toEqual([14, 14]);
    expect([floatMse, quantizedMse]).toEqual(close([golden.floatMse, golden.quantizedMse]));
    expect([floatAuc, quantizedAuc]).toEqual(close([golden.floatAuc, golden.quantizedAuc]));
    expect([chance!.difference.low, chance!.difference.high]).toEqual(close(golden.interval));
    expect(chance!.difference.verdict).toBe('loss');
    // What the windows rank by themselves is another figure.
    const single = judged(
      task,
      samples.map(({ group: _, ...sample }) => sample),
    ).reconstruction!;
    expect(single.ranked).toBe(70);
    expect(single.floatAuc).not.toBeCloseTo(golden.floatAuc, 3);
  });

  it('ranks nothing without labels, and says nothing without the input', () => {
    const { reconstruction } = judged({ ...task, labelled: false }, samples);
    expect(reconstruction).toMatchObject({ samples: 70 });
    expect(reconstruction).not.toHaveProperty('floatAuc');
    expect(
      judged(
        task,
        samples.map(({ input: _, ...sample }) => sample),
      ),
    ).not.toHaveProperty('reconstruction');
  });

  it('is told to be the wrong way round by labels that are', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      float: [i % 2 === 0 ? 0.1 : 1 + i / 100],
      quantized: [i / 100],
      label: i % 2 === 0 ? 1 : 0,
      input: [0],
    }));
    const set = { namesGiven: false, inputs: [] };
    expect(floatWarning(judged(task, many), set)).toMatchObject({
      code: 'FLOAT_MODEL_WRONG',
      what: expect.stringContaining('label 1 goes with low values') as string,
    });
    const right = many.map((sample) => ({ ...sample, label: 1 - sample.label }));
    expect(floatWarning(judged(task, right), set)).toBeUndefined();
  });

  it('takes a model that gives zeros for what it is', () => {
    const dead = samples.map((sample) => ({ ...sample, quantized: sample.float.map(() => 0) }));
    const { quantizedMse, chance } = judged(task, dead).reconstruction!;
    const power = golden.inputs.flat().reduce((sum, each) => sum + each * each, 0) / golden.inputs.flat().length;
    expect(quantizedMse).toBeCloseTo(power, 4);
    expect(chance!.difference.verdict).toBe('loss');
  });
});

describe('embedding', () => {
  const [golden] = goldens.embedding;
  const task: OutputTask = { kind: 'embedding', labelled: true };
  // Each a recording of its own: a unit by itself.
  const samples = golden.float.map((float, i) => ({
    float,
    quantized: golden.quantized[i]!,
    label: golden.labels[i]!,
    group: i,
  }));

  it('compares directions, neighbours, and pairs of one label with pairs of two', () => {
    const { embedding } = judged(task, samples);
    const { meanCosine, leastCosine, neighbours, floatAuc, quantizedAuc, aucChance, pairs, compared } = embedding!;
    expect([meanCosine, leastCosine]).toEqual(close([golden.meanCosine, golden.leastCosine]));
    const { agree, floatRight, quantizedRight } = golden;
    expect(neighbours).toMatchObject({ decisions: 15, labelled: 15, agree, floatRight, quantizedRight });
    expect([pairs, compared]).toEqual([(15 * 14) / 2, 15]);
    expect([floatAuc, quantizedAuc]).toEqual(close([golden.floatAuc, golden.quantizedAuc]));
    // As far as the scatter alone, and for samples that were not met beyond.
    const { low, high } = aucChance!.difference!;
    expect([low <= golden.interval[0], high >= golden.interval[1]]).toEqual([true, true]);
    expect(high - low).toBeLessThan(2 * (golden.interval[1] - golden.interval[0]));
  });

  it('looks for neighbours in other recordings only, and for recall only where another of the label is', () => {
    const twins = [0, 1, 2].flatMap((group) =>
      [0, 0.001].map((turn) => ({
        float: [Math.cos(group + turn), Math.sin(group + turn)],
        quantized: [Math.cos(group + turn), Math.sin(group + turn)],
        label: group,
        group,
      })),
    );
    const apart = judged(task, twins).embedding!;
    expect(apart.neighbours).toMatchObject({ decisions: 6, agree: 6, labelled: 0 });
    expect(apart).not.toHaveProperty('floatAuc');
    const together = judged(
      task,
      twins.map(({ group: _, ...sample }) => sample),
    ).embedding!;
    expect(together.neighbours).toMatchObject({ labelled: 6, floatRight: 6, quantizedRight: 6 });
    expect(together.floatAuc).toBe(1);
  });

  it('compares samples from all over the data, and not of its beginning alone', () => {
    const sorted = Array.from({ length: 1400 }, (_, i) => {
      const label = i < 1100 ? 0 : 1;
      const angle = label + 0.1 * Math.sin(i);
      return { float: [Math.cos(angle), Math.sin(angle)], quantized: [Math.cos(angle), Math.sin(angle)], label };
    });
    const { compared, floatAuc, neighbours } = judged(task, sorted).embedding!;
    expect([compared, floatAuc, neighbours.labelled]).toEqual([1024, 1, 1024]);
  });

  it('does not mind another length, and minds vectors that stand for somebody else', () => {
    const many = Array.from({ length: 120 }, (_, i) => {
      const [label, turn] = [i % 6, 0.05 * Math.sin(i * 7)];
      const float = [Math.cos(label + turn), Math.sin(label + turn)];
      return { float, quantized: float.map((value) => 3 * value), label };
    });
    const longer = judged(task, many);
    expect(longer.embedding).toMatchObject({ leastCosine: expect.closeTo(1, 12) as number });
    expect(longer.embedding!.neighbours).toMatchObject({ agree: 120, quantizedRight: 120 });
    const exchanged = many.map((sample, i) => ({
      ...sample,
      // In half of the samples of two labels.
      quantized: sample.label < 2 && i % 4 < 2 ? many[i + (sample.label === 0 ? 1 : -1)]!.float : sample.float,
    }));
    const worse = judged(task, exchanged).embedding!;
    expect(worse.neighbours.chance!.difference!.verdict).toBe('loss');
    expect(worse.aucChance!.difference!.verdict).toBe('loss');
  });
});
