// Samples that a program holds itself: no file is read for them.
import type { RecordSource, Values } from './formats/format.js';

export interface MemorySample {
  /** Real values for each model input, in its order: flat as the model takes them, or with a shape to be rearranged. */
  readonly inputs: readonly (Float32Array | Pick<Values, 'shape' | 'data'>)[];
  /** The class, or any single number that is known of the sample. */
  readonly label?: number;
  /** Where more than one number is known of it. */
  readonly target?: Float32Array;
}

export interface MemorySamples {
  /** What messages and the report call them. */
  readonly name: string;
  readonly samples: readonly MemorySample[];
  /** Class names by label. */
  readonly classes?: readonly string[];
}

/** The caller's arrays are copied when they are read, so that who gets a sample may keep it. */
export function memorySource({ samples, classes }: MemorySamples): RecordSource {
  return {
    count: samples.length,
    ...(classes === undefined ? {} : { labels: classes }),
    files: [],
    async *records() {
      for (const [at, { inputs, label, target }] of samples.entries())
        yield { id: String(at), label, target, load: () => inputs.map(valuesOf) };
      await Promise.resolve();
    },
  };
}

function valuesOf(input: MemorySample['inputs'][number]): Values {
  return input instanceof Float32Array
    ? { shape: [input.length], data: input.slice() }
    : { shape: input.shape, data: input.data.slice() };
}
