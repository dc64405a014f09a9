// The measures on WebAssembly kernels in 128-bit vectors: the same figures, bit for bit.
import { webAssembly, type Memory, type Module } from '@wherry/graph';
import { plainMeasures, type Counts, type MeasuredTensor, type Measures } from '../measures.js';
import { kernelsBinary } from './kernels-binary.js';

const pageBytes = 65536;
/** Vectors may lie anywhere, but within a cache line they are read at once. */
const alignment = 16;

/** What `kernels/index.ts` exports; what the arguments mean stands there. Addresses and counts are int32. */
interface KernelFunctions {
  readonly survey: (values: number, count: number, channels: number, sums: number, result: number) => void;
  readonly channelEnds: (values: number, count: number, channels: number, low: number, high: number) => void;
  readonly tally: (values: number, count: number, inverse: number, middle: number, bins: number) => void;
  readonly tallyChannels: (
    values: number,
    count: number,
    channels: number,
    inverses: number,
    middle: number,
    bins: number,
  ) => void;
}

let compiled: Module | undefined | null = null;

/** The plain ones on machines whose JavaScript has no 128-bit vectors. */
export function measuresOfThisMachine(): Measures {
  if (compiled === null) {
    const binary = kernelsBinary();
    compiled = webAssembly?.validate(binary) === true ? new webAssembly.Module(binary) : undefined;
  }
  return compiled === undefined ? plainMeasures : new VectorMeasures(compiled);
}

/** What is counted stays in the kernels' memory; behind it lies the tensor that is measured. */
class VectorMeasures implements Measures {
  readonly #memory: Memory;
  readonly #call: KernelFunctions;
  #counted = 0;

  constructor(module: Module) {
    this.#memory = new webAssembly!.Memory({ initial: 0 });
    const { exports } = new webAssembly!.Instance(module, { env: { memory: this.#memory } });
    this.#call = exports as KernelFunctions;
  }

  counts(length: number): VectorCounts {
    const at = this.#counted;
    this.#counted = at + aligned(4 * length);
    this.#reach(this.#counted);
    const counts = new VectorCounts(this.#memory, at, length);
    // A tensor may have lain there.
    counts.values.fill(0);
    return counts;
  }

  of(values: Float32Array): MeasuredTensor {
    const valuesAt = this.#counted;
    const scratchAt = valuesAt + aligned(values.byteLength);
    this.#reach(scratchAt);
    new Float32Array(this.#memory.buffer, valuesAt, values.length).set(values);
    const { length } = values;
    return {
      survey: (sums) => {
        const resultAt = scratchAt + aligned(sums.byteLength);
        this.#reach(resultAt + alignment);
        const held = new Float64Array(this.#memory.buffer, scratchAt, sums.length);
        held.set(sums);
        this.#call.survey(valuesAt, length, sums.length, scratchAt, resultAt);
        sums.set(held);
        const [low, high, rest, broken] = new Float32Array(this.#memory.buffer, resultAt, 4);
        // + 0: which of the two zeros comes first is not told.
        return { low: low! + 0, high: high! + 0, finite: rest === 0, whole: broken === 0 };
      },
      channelEnds: (channels) => {
        const highAt = scratchAt + aligned(4 * channels);
        this.#reach(highAt + aligned(4 * channels));
        this.#call.channelEnds(valuesAt, length, channels, scratchAt, highAt);
        const taken = (at: number): Float32Array => new Float32Array(this.#memory.buffer, at, channels).slice();
        return { low: taken(scratchAt), high: taken(highAt) };
      },
      tally: (inverse, middle, bins) => {
        this.#reach(scratchAt + 16 * middle);
        const held = new Uint32Array(this.#memory.buffer, scratchAt, 4 * middle).fill(0);
        this.#call.tally(valuesAt, length, inverse, middle, scratchAt);
        for (let b = 0; b < 2 * middle; b++) bins[b]! += held[b]! + held[b + 2 * middle]!;
      },
      tallyChannels: (inverses, middle, bins) => {
        this.#reach(scratchAt + inverses.byteLength);
        new Float64Array(this.#memory.buffer, scratchAt, inverses.length).set(inverses);
        const { at } = bins as VectorCounts;
        this.#call.tallyChannels(valuesAt, length, inverses.length, scratchAt, middle, at);
      },
    };
  }

  #reach(bytes: number): void {
    const missing = Math.ceil((bytes - this.#memory.buffer.byteLength) / pageBytes);
    if (missing > 0) this.#memory.grow(missing);
  }
}

class VectorCounts implements Counts {
  constructor(
    private readonly memory: Memory,
    readonly at: number,
    private readonly length: number,
  ) {}

  get values(): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.at, this.length);
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
