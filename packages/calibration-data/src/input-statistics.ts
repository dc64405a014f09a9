// Least, greatest and mean value per channel of one input, in a fixed amount of memory.
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
  /** Against the samples that these are held against: the share of values clearly outside of their range. */
  readonly outside?: number;
}

const shownChannels = 16;
const shownFeatures = 64;
/** Values beyond the reference by less than this part of its width are no other data. */
const tolerance = 0.1;

export class InputStatistics {
  readonly #name: string;
  readonly #kind: 'channels' | 'features' | 'whole';
  readonly #channels: number;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #sum: Float64Array;
  readonly #least: number;
  readonly #greatest: number;
  #perChannel = 0;
  #outside = 0;

  constructor({ name, shape }: InputExpectation, reference?: InputSummary) {
    this.#name = name;
    const last = shape.at(-1) ?? 1;
    const flat = shape.length <= 2;
    this.#kind = last < 2 || last > (flat ? shownFeatures : shownChannels) ? 'whole' : flat ? 'features' : 'channels';
    this.#channels = this.#kind === 'whole' ? 1 : last;
    this.#min = new Float64Array(this.#channels).fill(Infinity);
    this.#max = new Float64Array(this.#channels).fill(-Infinity);
    this.#sum = new Float64Array(this.#channels);
    // A scale holds 0, whatever it was chosen by.
    const [min, max] = [Math.min(0, reference?.min ?? 0), Math.max(0, reference?.max ?? 0)];
    const margin = reference === undefined ? Infinity : (max - min) * tolerance;
    this.#least = min - margin;
    this.#greatest = max + margin;
  }

  /** Gives the greatest absolute value of the sample. */
  observe(data: Float32Array): number {
    let peak = 0;
    for (let i = 0, c = 0; i < data.length; i++) {
      const value = data[i]!;
      if (value < this.#min[c]!) this.#min[c] = value;
      if (value > this.#max[c]!) this.#max[c] = value;
      if (value < this.#least || value > this.#greatest) this.#outside++;
      this.#sum[c]! += value;
      const magnitude = value < 0 ? -value : value;
      if (magnitude > peak) peak = magnitude;
      c = c + 1 === this.#channels ? 0 : c + 1;
    }
    this.#perChannel += data.length / this.#channels;
    return peak;
  }

  /** Of each channel, and of each value of a flat input of few; one where there are more. Zeros when nothing was seen. */
  parts(): readonly ChannelRange[] {
    const seen = this.#perChannel > 0;
    return Array.from(this.#sum, (sum, c) => ({
      min: seen ? this.#min[c]! : 0,
      max: seen ? this.#max[c]! : 0,
      mean: seen ? sum / this.#perChannel : 0,
    }));
  }

  /** Zeros, not infinities, when nothing was seen: the summary has to survive JSON. */
  summary(): InputSummary {
    const seen = this.#perChannel > 0;
    const channels = this.parts();
    return {
      name: this.#name,
      min: Math.min(...channels.map(({ min }) => min)),
      max: Math.max(...channels.map(({ max }) => max)),
      mean: channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length,
      ...(this.#kind === 'channels' && { channels }),
      ...(this.#greatest !== Infinity && { outside: seen ? this.#outside / (this.#perChannel * this.#channels) : 0 }),
    };
  }
}
