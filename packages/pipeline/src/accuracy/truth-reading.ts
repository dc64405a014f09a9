// How what is known of a sample is put into the terms of an output's task, where the data says it otherwise.
import type { SampleTruth } from './output-comparison.js';

/** `signs`: -1 for no and 1 for yes. `one-hot`: a row whose greatest value stands at the class. */
export type TruthReading = 'signs' | 'one-hot';

export function readTruth(reading: TruthReading | undefined, truth: SampleTruth): SampleTruth {
  const { label, target } = truth;
  switch (reading) {
    case undefined:
      return truth;
    case 'signs':
      return {
        ...(label !== undefined && { label: yesOfSign(label) }),
        ...(target !== undefined && { target: Float32Array.from(target, yesOfSign) }),
      };
    case 'one-hot': {
      if (target === undefined) return {};
      let best = 0;
      for (let i = 1; i < target.length; i++) if (target[i]! > target[best]!) best = i;
      return { label: best };
    }
  }
}

const yesOfSign = (value: number): number => (value > 0 ? 1 : 0);
