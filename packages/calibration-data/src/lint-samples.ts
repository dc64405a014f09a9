// Watches the samples go by and says afterwards what looks wrong with them.
import { createHash } from 'node:crypto';
import { WherryError, type Diagnostic } from '@wherry/graph';
import type { Sample } from './dataset.js';
import { dataDiagnostics } from './diagnostics.js';
import type { InputExpectation } from './formats/format.js';
import { InputStatistics, type ChannelRange, type InputSummary } from './input-statistics.js';
import { lintWarnings } from './lint-warnings.js';
import { ScaleWatch } from './mixed-scales.js';
import { NearCopyWatch } from './near-copies.js';
import { sampleDigest } from './sample-digest.js';
import { StructureWatch } from './structure-watch.js';

export interface LintSummary {
  readonly samples: number;
  /** SHA-256 in hex of the values of all inputs: the same for the same samples in another file or format, labelled or not. */
  readonly valuesSha256: string;
  readonly inputs: readonly InputSummary[];
  readonly constantSamples: number;
  readonly duplicateSamples: number;
  /** Samples that repeat an earlier one but for a little noise, of the first 1,024 that differ. */
  readonly nearDuplicateSamples: number;
  /** Samples that look like random numbers, of those that were looked at. */
  readonly noiseSamples: number;
  /** Samples by label, in ascending order of labels. Absent without labels. */
  readonly labels?: Readonly<Record<string, number>>;
  readonly warnings: readonly Diagnostic[];
}

/** Samples whose hashes are kept to find duplicates: a bound, so that memory does not grow with the data. */
const rememberedHashes = 65_536;
const rememberedLabels = 4096;

/** Feed it every sample, also while calibrating, then ask for the summary. */
export class SampleLint {
  readonly #inputs: readonly InputStatistics[];
  readonly #expectations: readonly InputExpectation[];
  readonly #available: number | undefined;
  readonly #hashes = new Set<string>();
  readonly #labels = new Map<number, number>();
  readonly #scales: readonly ScaleWatch[];
  readonly #copies = new NearCopyWatch();
  readonly #structures: readonly StructureWatch[];
  readonly #all = createHash('sha256');
  #samples = 0;
  #constant: string[] = [];
  #constantCount = 0;
  #duplicates = 0;
  #firstDuplicate = '';
  #firstFraction: string | undefined;

  /**
   * `reference`: what was seen of the samples that these are held against; values outside of its ranges are counted.
   * `available`: samples that these were chosen from, where known.
   */
  constructor(expectations: readonly InputExpectation[], reference?: readonly InputSummary[], available?: number) {
    this.#expectations = expectations;
    this.#available = available;
    this.#inputs = expectations.map((input, i) => new InputStatistics(input, reference?.[i]));
    this.#scales = expectations.map(() => new ScaleWatch());
    this.#structures = expectations.map((input) => new StructureWatch(input));
  }

  observe({ inputs, label, id }: Pick<Sample, 'inputs' | 'label' | 'id'>): void {
    this.#samples++;
    let constant = true;
    inputs.forEach((data, i) => {
      const peak = this.#inputs[i]?.observe(data) ?? 0;
      const isConstant = data.length > 1 && data.every((value) => value === data[0]);
      if (!isIndexInput(this.#expectations[i])) {
        this.#structures[i]?.observe(data, id);
        if (!isConstant) this.#scales[i]?.observe(data, peak, id);
      }
      constant &&= isConstant;
      if (isIndexInput(this.#expectations[i]) && !data.every(Number.isInteger)) this.#firstFraction ??= id;
    });
    if (constant) {
      this.#constantCount++;
      if (this.#constant.length < 3) this.#constant.push(id);
    }
    const digest = sampleDigest(inputs);
    this.#all.update(digest);
    if (!this.#hashes.has(digest)) this.#copies.observe({ inputs, id });
    else if (this.#duplicates++ === 0) this.#firstDuplicate = id;
    if (this.#hashes.size < rememberedHashes) this.#hashes.add(digest);
    if (label !== undefined && (this.#labels.has(label) || this.#labels.size < rememberedLabels))
      this.#labels.set(label, (this.#labels.get(label) ?? 0) + 1);
  }

  /**
   * Throws DATA_CONSTANT_SAMPLES when every value of every input was the same: no scale can be chosen by that. One sample of
   * one value cannot be anything else; its range is that from 0.
   */
  requireVariety(where: string): void {
    const inputs = this.#inputs.map((input) => input.summary());
    if (this.#samples === 0 || inputs.some(({ min, max }) => min !== max)) return;
    const single = this.#expectations.every(({ shape }) => shape.every((dimension) => dimension === 1));
    if (this.#samples === 1 && single && inputs.some(({ min }) => min !== 0)) return;
    const values = [...new Set(inputs.map(({ min }) => `${Number(min.toPrecision(6))}`))].join(' and ');
    throw new WherryError(dataDiagnostics.DATA_CONSTANT_SAMPLES, {
      what: `every value of ${this.#samples === 1 ? 'the only sample' : `all ${this.#samples} samples`} is ${values}: there is no range to choose scales by`,
      where,
      next: 'give samples that were recorded; an array that was allocated and never filled looks like this',
    });
  }

  /** Of each input the ranges of its channels, or of its values where it is flat and has few. */
  parts(): readonly (readonly ChannelRange[])[] {
    return this.#inputs.map((input) => input.parts());
  }

  summary(): LintSummary {
    const labels = [...this.#labels].sort(([a], [b]) => a - b).map(([label, count]) => [`${label}`, count]);
    const seen = {
      samples: this.#samples,
      available: this.#available,
      inputs: this.#inputs.map((input) => input.summary()),
      constant: { count: this.#constantCount, some: this.#constant },
      duplicates: { count: this.#duplicates, first: this.#firstDuplicate },
      nearCopies: this.#copies.result,
      noise: this.#structures.map(({ result }) => result),
      labels: [...this.#labels.keys()],
      mixed: this.#scales.map(({ result }) => result),
      firstFraction: this.#firstFraction,
    };
    return {
      samples: seen.samples,
      valuesSha256: this.#all.copy().digest('hex'),
      inputs: seen.inputs,
      constantSamples: this.#constantCount,
      duplicateSamples: this.#duplicates,
      nearDuplicateSamples: seen.nearCopies.count,
      noiseSamples: Math.max(0, ...seen.noise.map(({ count }) => count)),
      ...(labels.length > 0 && { labels: Object.fromEntries(labels) as Record<string, number> }),
      warnings: lintWarnings(seen),
    };
  }
}

/** Lints a whole set in one pass. */
export async function lintSamples(
  samples: AsyncIterable<Sample>,
  expectations: readonly InputExpectation[],
): Promise<LintSummary> {
  const lint = new SampleLint(expectations);
  for await (const sample of samples) lint.observe(sample);
  return lint.summary();
}

/** int8 and uint8 inputs are quantized reals; wider integers are indices or counts. */
function isIndexInput(input: InputExpectation | undefined): boolean {
  return input !== undefined && ['int32', 'int64', 'uint32', 'uint64', 'bool'].includes(input.dtype);
}
