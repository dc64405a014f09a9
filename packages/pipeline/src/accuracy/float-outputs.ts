// What the float model made of the calibration samples, kept so that the comparison need not run it on them again.
import type { TensorData } from '@wherry/graph';

/** Outputs of thousands of classifications; what does not fit is computed again. */
const greatestBytes = 2 ** 24;

/** Lives as long as one run. Its memory is bounded, whatever the number of samples. */
export class FloatOutputs {
  readonly #kept: (readonly TensorData[])[] = [];
  #bytes = 0;

  /** Takes the outputs of the next sample: the first ones, as many as fit. */
  keep(outputs: readonly TensorData[]): void {
    this.#bytes += outputs.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (this.#bytes <= greatestBytes) this.#kept.push(outputs);
  }

  /** Of sample `index` in the order of calibration. */
  of(index: number): readonly TensorData[] | undefined {
    return this.#kept[index];
  }
}
