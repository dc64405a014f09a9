// Weights found layer by layer: less noise on samples that they were not found on, the same every time, and what is asked for.
import { evaluate, referenceEngine, type Graph, type TensorData } from '@wherry/graph';
import { realOf } from '../select/judgement.js';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import { Forms, type FormOptions } from '../select/forms.js';
import type { Settings } from '../select/settings.js';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import { reconstruct, type Reconstruction, type ReconstructOptions } from './reconstruct.js';

const graph = smallNetwork();
/** Neighbouring values that go together, as in pictures and sounds. */
const related = (count: number, from: number): (readonly TensorData[])[] =>
  samplesOf(graph, from + count)
    .slice(from)
    .map((feeds) =>
      feeds.map((data) => Float32Array.from(data as Float32Array, (value) => 0.25 * value + Number(data[0]))),
    );
const found = related(40, 0);
const unseen = related(100, 500);
const plain: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};
const both: ReconstructOptions = { optimized: true, clip: true, tellsCut: true, correctBias: true };

const formsFor = async (scheme: FormOptions['scheme']): Promise<Forms> => {
  const options: FormOptions = {
    percentile: 99.99,
    scheme,
    granularity: () => 'per-axis',
    inputType: 'own',
    outputType: 'own',
  };
  return new Forms(graph, await calibrated(graph, found), options, 1);
};

async function find(forms: Forms, options: ReconstructOptions): Promise<Reconstruction> {
  const { graph: float, make } = forms.starting(plain);
  return reconstruct(float, referenceEngine, found, make, options);
}

/** Mean square error of the logits on unseen samples. */
function noise({
  graph: quantized,
  tensorOf,
}: {
  readonly graph: Graph;
  readonly tensorOf: ReadonlyMap<number, number>;
}): number {
  const logits = graph.nodes.at(-1)!.inputs[0]!;
  const valueOf = (of: Graph, id: number, feeds: readonly TensorData[]): TensorData => {
    let seen: TensorData | undefined;
    evaluate(of, feeds, { observe: (each, data) => void (each === id && (seen = data.slice())) });
    return seen!;
  };
  const own = tensorOf.get(logits)!;
  const { quantization } = quantized.tensors[own]!;
  const errors = unseen.map((feeds) => {
    const [expected, actual] = [
      valueOf(graph, logits, feeds),
      valueOf(quantized, own, quantizeFeeds(quantized, feeds)),
    ];
    return Array.from(expected as Float32Array).reduce(
      (sum, value, i) => sum + (realOf(actual, i, quantization) - value) ** 2,
      0,
    );
  });
  return errors.reduce((sum, error) => sum + error, 0);
}

describe('reconstruct', () => {
  it.each(['int4', 'int8'] as const)('brings the noise of %s down on samples that it has not seen', async (scheme) => {
    const forms = await formsFor(scheme);
    const { make } = forms.starting(plain);
    const nearest = noise(forms.whole(plain));
    const corrected = noise(forms.whole({ ...plain, correctBias: true }));
    const optimized = noise(make(await find(forms, both)));
    expect(optimized).toBeLessThan(nearest / (scheme === 'int4' ? 2 : 1));
    expect(optimized).toBeLessThan(corrected);
  });

  it('finds the same every time', async () => {
    const forms = await formsFor('int4');
    expect(await find(forms, both)).toEqual(await find(forms, both));
  });

  it('rounds to the nearest of the scales that it finds where only those are asked for', async () => {
    const forms = await formsFor('int4');
    const { magnitudes, integers } = await find(forms, {
      optimized: false,
      clip: true,
      tellsCut: true,
      correctBias: true,
    });
    let cut = 0;
    for (const [id, own] of integers) {
      const { data, shape } = graph.tensors[id]!;
      const run = data!.length / shape[0]!;
      own.forEach((integer, i) => {
        const scale = Math.fround(magnitudes.get(id)![Math.floor(i / run)]! / 7);
        const real = Number(data![i]) / scale;
        if (Math.abs(real) > 7.5) cut += 1;
        expect(Math.abs(Number(integer) - Math.max(-7, Math.min(7, real)))).toBeLessThanOrEqual(0.5 + 1e-6);
      });
    }
    expect(cut).toBeGreaterThan(0);
  });

  it('keeps scales where no weight may be cut off, and biases where they may not be corrected', async () => {
    const forms = await formsFor('int8');
    const { make } = forms.starting(plain);
    const weights = await find(forms, { optimized: true, clip: false, tellsCut: true, correctBias: false });
    expect(weights.errors.size).toBe(0);
    const [before, after] = [forms.whole(plain).graph, make(weights).graph];
    const shown = ({ tensors }: Graph) => tensors.map(({ name, quantization }) => [name, quantization]);
    expect(shown(after)).toEqual(shown(before));
    const differing = after.tensors.filter(({ data }, id) => {
      const old = before.tensors[id]!.data;
      return data !== undefined && data.some((value, i) => value !== old![i]);
    });
    expect(differing.map(({ name }) => name)).toEqual(['w1', 'w2']);
  });
});
