// Brings recordings to one scale: as they are stored, where all are stored alike, or as the source option says.
import { refuse } from '../refuse.js';
import type { SourceOptions } from '../source-options.js';
import type { Wave } from './wave.js';

const int16FullScale = 32768;

/** Lives as long as its source: it remembers how the first recording was stored. */
export class RecordingScale {
  readonly #wanted: 'stored' | 'unit' | 'int16';
  #first: { readonly path: string; readonly wave: Pick<Wave, 'encoding' | 'fullScale'> } | undefined;

  constructor(options: SourceOptions) {
    this.#wanted = options.choice('values', ['stored', 'unit', 'int16']) ?? 'stored';
  }

  /** Refuses a recording whose stored values mean another loudness than those of an earlier one. */
  apply({ data, encoding, fullScale }: Wave, path: string): Float32Array {
    if (this.#wanted !== 'stored') {
      const factor = (this.#wanted === 'unit' ? 1 : int16FullScale) / fullScale;
      return factor === 1 ? data : data.map((value) => value * factor);
    }
    this.#first ??= { path, wave: { encoding, fullScale } };
    const { path: other, wave } = this.#first;
    if (wave.fullScale === fullScale) return data;
    const factor = Math.max(wave.fullScale, fullScale) / Math.min(wave.fullScale, fullScale);
    return refuse('DATA_MIXED_ENCODINGS', {
      what: `${other} is stored with ${wave.encoding} and this one with ${encoding}: the same sound differs by a factor of ${factor}`,
      where: path,
      next: 'add ?values=unit to bring all to -1..1, or ?values=int16 for the range of 16 bits, whichever the model was trained with',
    });
  }
}
