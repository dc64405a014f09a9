// Watches the samples go by and says afterwards what looks wrong with them as a calibration set.
import { createHash } from 'node:crypto';
import { diagnose, type Diagnostic } from '@wherry/graph';
import type { Sample } from './dataset.js';
import { dataDiagnostics } from './diagnostics.js';
import type { InputExpectation } from './formats/format.js';

/** Observed values of one channel (index along the last dimension) of one input. */
export interface ChannelRange {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface InputSummary {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Absent for flat inputs and for more than 16 channels, where it would say nothing. */
  readonly channels?: readonly ChannelRange[];
}

export interface LintSummary {
  readonly samples: number;
  readonly inputs: readonly InputSummary[];
  readonly constantSamples: number;
  readonly duplicateSamples: number;
  /** Samples by label, in ascending order of labels. Absent without labels. */
  readonly labels?: Readonly<Record<string, number>>;
  readonly warnings: readonly Diagnostic[];
}

const fewSamples = 32;
/** Samples whose hashes are kept to find duplicates: a bound, so that memory does not grow with the data. */
const rememberedHashes = 65_536;
const rememberedLabels = 4096;
const shownChannels = 16;

/** Feed it every sample, also while calibrating, then ask for the summary. */
export class SampleLint {
  readonly #inputs: readonly InputStatistics[];
  readonly #expectations: readonly InputExpectation[];
  readonly #hashes = new Set<string>();
  readonly #labels = new Map<number, number>();
  #samples = 0;
  #constant: string[] = [];
  #constantCount = 0;
  #duplicates = 0;
  #firstDuplicate = '';
  #firstFraction: string | undefined;

  constructor(expectations: readonly InputExpectation[]) {
    this.#expectations = expectations;
    this.#inputs = expectations.map((input) => new InputStatistics(input));
  }

  observe({ inputs, label, id }: Sample): void {
    this.#samples++;
    const hash = createHash('sha1');
    let constant = true;
    inputs.forEach((data, i) => {
      this.#inputs[i]?.observe(data);
      hash.update(data);
      constant &&= data.length > 1 && data.every((value) => value === data[0]);
      if (isIndexInput(this.#expectations[i]) && !data.every(Number.isInteger)) this.#firstFraction ??= id;
    });
    if (constant) {
      this.#constantCount++;
      if (this.#constant.length < 3) this.#constant.push(id);
    }
    const digest = hash.digest('base64');
    if (this.#hashes.has(digest) && this.#duplicates++ === 0) this.#firstDuplicate = id;
    if (this.#hashes.size < rememberedHashes) this.#hashes.add(digest);
    if (label !== undefined && (this.#labels.has(label) || this.#labels.size < rememberedLabels))
      this.#labels.set(label, (this.#labels.get(label) ?? 0) + 1);
  }

  summary(): LintSummary {
    const labels = [...this.#labels].sort(([a], [b]) => a - b).map(([label, count]) => [`${label}`, count]);
    return {
      samples: this.#samples,
      inputs: this.#inputs.map((input) => input.summary()),
      constantSamples: this.#constantCount,
      duplicateSamples: this.#duplicates,
      ...(labels.length > 0 && { labels: Object.fromEntries(labels) as Record<string, number> }),
      warnings: this.#warnings(),
    };
  }

  #warnings(): readonly Diagnostic[] {
    const d = dataDiagnostics;
    const warnings: Diagnostic[] = [];
    if (this.#samples < fewSamples)
      warnings.push(
        diagnose(d.DATA_FEW_SAMPLES, {
          what: `there are ${this.#samples} samples`,
          next: `give ${fewSamples} or more, better 100`,
        }),
      );
    if (this.#constantCount > 0) {
      const where = this.#constant.map((id) => `sample ${id}`).join(', ');
      warnings.push(
        diagnose(d.DATA_CONSTANT_SAMPLES, {
          what: `${this.#constantCount} samples hold one value only`,
          where,
          next: 'look at them; check type and layout if they are declared',
        }),
      );
    }
    if (this.#duplicates > 0) {
      warnings.push(
        diagnose(d.DATA_DUPLICATE_SAMPLES, {
          what: `${this.#duplicates} samples repeat an earlier one`,
          where: `sample ${this.#firstDuplicate}`,
          next: 'remove the copies',
        }),
      );
    }
    if (this.#labels.size === 1 && this.#samples > 1) {
      warnings.push(
        diagnose(d.DATA_ONE_LABEL, {
          what: `all labels are ${[...this.#labels.keys()][0]}`,
          next: 'choose samples of all classes, for example with a seed',
        }),
      );
    }
    if (this.#firstFraction !== undefined)
      warnings.push(
        diagnose(d.DATA_FRACTIONAL, {
          what: 'an input of whole numbers is given fractions',
          where: `sample ${this.#firstFraction}`,
          next: 'leave out scale, mean and std',
        }),
      );
    return warnings;
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

/** Least, greatest and mean value per channel, in a fixed amount of memory. */
class InputStatistics {
  readonly #name: string;
  readonly #channels: number;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #sum: Float64Array;
  #perChannel = 0;

  constructor({ name, shape }: InputExpectation) {
    this.#name = name;
    const last = shape.at(-1) ?? 1;
    this.#channels = shape.length > 2 && last <= shownChannels ? last : 1;
    this.#min = new Float64Array(this.#channels).fill(Infinity);
    this.#max = new Float64Array(this.#channels).fill(-Infinity);
    this.#sum = new Float64Array(this.#channels);
  }

  observe(data: Float32Array): void {
    for (let i = 0; i < data.length; i++) {
      const c = i % this.#channels;
      const value = data[i]!;
      if (value < this.#min[c]!) this.#min[c] = value;
      if (value > this.#max[c]!) this.#max[c] = value;
      this.#sum[c]! += value;
    }
    this.#perChannel += data.length / this.#channels;
  }

  /** Zeros, not infinities, when nothing was seen: the summary has to survive JSON. */
  summary(): InputSummary {
    const seen = this.#perChannel > 0;
    const channels = Array.from(this.#sum, (sum, c) => ({
      min: seen ? this.#min[c]! : 0,
      max: seen ? this.#max[c]! : 0,
      mean: seen ? sum / this.#perChannel : 0,
    }));
    return {
      name: this.#name,
      min: Math.min(...channels.map(({ min }) => min)),
      max: Math.max(...channels.map(({ max }) => max)),
      mean: channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length,
      ...(this.#channels > 1 && { channels }),
    };
  }
}
