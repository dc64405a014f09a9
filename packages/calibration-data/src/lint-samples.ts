// Watches the samples go by and says afterwards what looks wrong with them.
import { createHash } from 'node:crypto';
import { counted, diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import type { Sample } from './dataset.js';
import { dataDiagnostics } from './diagnostics.js';
import type { InputExpectation } from './formats/format.js';
import { InputStatistics, type ChannelRange, type InputSummary } from './input-statistics.js';
import { mixedScales } from './mixed-scales.js';

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

/** Feed it every sample, also while calibrating, then ask for the summary. */
export class SampleLint {
  readonly #inputs: readonly InputStatistics[];
  readonly #expectations: readonly InputExpectation[];
  readonly #hashes = new Set<string>();
  readonly #labels = new Map<number, number>();
  readonly #peaks: number[] = [];
  #samples = 0;
  #constant: string[] = [];
  #constantCount = 0;
  #duplicates = 0;
  #firstDuplicate = '';
  #firstFraction: string | undefined;

  /** `reference`: what was seen of the samples that these are held against; values outside of its ranges are counted. */
  constructor(expectations: readonly InputExpectation[], reference?: readonly InputSummary[]) {
    this.#expectations = expectations;
    this.#inputs = expectations.map((input, i) => new InputStatistics(input, reference?.[i]));
  }

  observe({ inputs, label, id }: Pick<Sample, 'inputs' | 'label' | 'id'>): void {
    this.#samples++;
    const hash = createHash('sha1');
    let constant = true;
    let peak = 0;
    inputs.forEach((data, i) => {
      peak = Math.max(peak, this.#inputs[i]?.observe(data) ?? 0);
      hash.update(data);
      constant &&= data.length > 1 && data.every((value) => value === data[0]);
      if (isIndexInput(this.#expectations[i]) && !data.every(Number.isInteger)) this.#firstFraction ??= id;
    });
    if (constant) {
      this.#constantCount++;
      if (this.#constant.length < 3) this.#constant.push(id);
    } else if (this.#peaks.length < rememberedHashes) this.#peaks.push(peak);
    const digest = hash.digest('base64');
    if (this.#hashes.has(digest) && this.#duplicates++ === 0) this.#firstDuplicate = id;
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
    return {
      samples: this.#samples,
      inputs: this.#inputs.map((input) => input.summary()),
      constantSamples: this.#constantCount,
      duplicateSamples: this.#duplicates,
      ...(labels.length > 0 && { labels: Object.fromEntries(labels) as Record<string, number> }),
      warnings: this.#warnings(),
    };
  }

  #ranges(): string {
    const [first, ...more] = this.#inputs.map((input) => input.summary());
    if (first === undefined) return 'nothing';
    // Scales hold 0, which padding needs.
    const [least, greatest] = [Math.min(0, first.min), Math.max(0, first.max)].map((value) =>
      Number(value.toPrecision(4)),
    );
    return `inputs from ${least} to ${greatest}${more.length > 0 ? ` (${first.name})` : ''}`;
  }

  #warnings(): readonly Diagnostic[] {
    const d = dataDiagnostics;
    const mixed = mixedScales(this.#peaks);
    const warnings: (Diagnostic | undefined)[] = [
      this.#samples < fewSamples
        ? diagnose(d.DATA_FEW_SAMPLES, {
            what: `there ${this.#samples === 1 ? 'is' : 'are'} ${counted(this.#samples, 'sample')}: scales cover only what ${this.#samples === 1 ? 'it shows' : 'they show'}, ${this.#ranges()}, and what lies outside is cut off`,
            next: `give ${fewSamples} or more, better 100, that reach as far as what the device will see`,
          })
        : undefined,
      this.#constantCount > 0
        ? diagnose(d.DATA_CONSTANT_SAMPLES, {
            what: `${counted(this.#constantCount, 'sample holds', 'samples hold')} one value only`,
            where: this.#constant.map((id) => `sample ${id}`).join(', '),
            next: 'look at them; check type and layout if they are declared',
          })
        : undefined,
      this.#duplicates > 0
        ? diagnose(d.DATA_DUPLICATE_SAMPLES, {
            what: `${counted(this.#duplicates, 'sample repeats', 'samples repeat')} an earlier one`,
            where: `sample ${this.#firstDuplicate}`,
            next: 'remove the copies',
          })
        : undefined,
      this.#labels.size === 1 && this.#samples > 1
        ? diagnose(d.DATA_ONE_LABEL, {
            what: `all labels are ${[...this.#labels.keys()][0]}`,
            next: 'choose samples of all classes, for example with a larger --samples',
          })
        : undefined,
      mixed === undefined
        ? undefined
        : diagnose(d.DATA_MIXED_SCALES, {
            what: `${mixed.quiet} samples stay within ${mixed.quietest.toPrecision(3)} and ${mixed.loud} reach ${mixed.loudest.toPrecision(3)} or more, none lies between`,
            next: 'bring all samples to one scale, that of training, such as all divided by 255 or none',
          }),
      this.#firstFraction !== undefined
        ? diagnose(d.DATA_FRACTIONAL, {
            what: 'an input of whole numbers is given fractions',
            where: `sample ${this.#firstFraction}`,
            next: 'leave out scale, mean and std',
          })
        : undefined,
    ];
    return warnings.filter((warning) => warning !== undefined);
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
