// What is measured of one tensor in one sample, in plain code: the definition, and what runs where there are no vectors.

export interface Survey {
  readonly low: number;
  readonly high: number;
  readonly finite: boolean;
  /** All are whole numbers. */
  readonly whole: boolean;
}

export interface ChannelEnds {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** uint32 that a measure adds to. They may move: ask for them whenever they are read. */
export interface Counts {
  readonly values: Uint32Array;
}

/** The values of one tensor in one sample: C order, channels last, not empty. */
export interface MeasuredTensor {
  /** Adds every column to its sum, in the order of the rows. */
  survey(sums: Float64Array): Survey;
  channelEnds(channels: number): ChannelEnds;
  /** Adds to the 2 * `middle` bins: bin b holds values from (b - middle) / inverse on. All values must have a bin. */
  tally(inverse: number, middle: number, bins: Float64Array): void;
  /** The same for every channel: 2 * `middle` bins each. */
  tallyChannels(inverses: Float64Array, middle: number, bins: Counts): void;
}

/** Lives as long as one calibration. */
export interface Measures {
  /** Zeros. What `of` gave before is not valid any more. */
  counts(length: number): Counts;
  /** Valid until the next call. */
  of(values: Float32Array): MeasuredTensor;
}

export const plainMeasures: Measures = {
  counts: (length) => ({ values: new Uint32Array(length) }),
  of: (values) => ({
    survey: (sums) => survey(values, sums),
    channelEnds: (channels) => channelEnds(values, channels),
    tally: (inverse, middle, bins) => {
      for (let i = 0; i < values.length; i++) bins[(values[i]! * inverse + middle) | 0]! += 1;
    },
    tallyChannels: (inverses, middle, { values: bins }) => tallyChannels(values, inverses, middle, bins),
  }),
};

function survey(values: Float32Array, sums: Float64Array): Survey {
  let low = Infinity;
  let high = -Infinity;
  let rest = 0;
  let whole = true;
  for (let i = 0, column = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
    // 0 for a finite value, NaN for any other, and then for good.
    rest += value - value;
    whole &&= value === Math.floor(value);
    sums[column]! += value;
    column = column + 1 === sums.length ? 0 : column + 1;
  }
  // + 0: which of the two zeros comes first is not told.
  return { low: low + 0, high: high + 0, finite: rest === 0, whole };
}

function channelEnds(values: Float32Array, channels: number): ChannelEnds {
  const low = new Float32Array(channels).fill(Infinity);
  const high = new Float32Array(channels).fill(-Infinity);
  for (let i = 0, c = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low[c]!) low[c] = value;
    if (value > high[c]!) high[c] = value;
    c = c + 1 === channels ? 0 : c + 1;
  }
  return { low, high };
}

function tallyChannels(values: Float32Array, inverses: Float64Array, middle: number, bins: Uint32Array): void {
  for (let i = 0, c = 0; i < values.length; i++) {
    bins[2 * middle * c + ((values[i]! * inverses[c]! + middle) | 0)]! += 1;
    c = c + 1 === inverses.length ? 0 : c + 1;
  }
}
