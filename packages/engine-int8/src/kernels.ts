// The compiled kernels: instances with a memory of their own.
import type { KernelFunctions } from './kernel-functions.js';
import { webAssembly, type Memory, type Module } from '@wherry/graph';

const pageBytes = 65536;

/** Most that 32-bit addresses reach. */
const greatestBytes = 65535 * pageBytes;

export interface Kernels {
  readonly memory: Memory;
  readonly call: KernelFunctions;
}

/** Instances, used again: memory that was grown once is not asked of the system anew for every graph. */
export class KernelPool {
  readonly #idle: Kernels[] = [];

  private constructor(
    private readonly api: NonNullable<typeof webAssembly>,
    private readonly module: Module,
  ) {}

  /** Undefined on machines whose JavaScript has no 128-bit vectors. */
  static of(binary: Uint8Array): KernelPool | undefined {
    return webAssembly?.validate(binary) === true
      ? new KernelPool(webAssembly, new webAssembly.Module(binary))
      : undefined;
  }

  /** Kernels with at least so much memory, its contents undefined; undefined when there is not so much. */
  take(bytes: number): Kernels | undefined {
    if (bytes > greatestBytes) return undefined;
    const kernels = this.#idle.pop() ?? this.#instantiate();
    const missing = Math.ceil((bytes - kernels.memory.buffer.byteLength) / pageBytes);
    try {
      if (missing > 0) kernels.memory.grow(missing);
      return kernels;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  give(kernels: Kernels): void {
    this.#idle.push(kernels);
  }

  #instantiate(): Kernels {
    const memory = new this.api.Memory({ initial: 0 });
    const { exports } = new this.api.Instance(this.module, { env: { memory } });
    return { memory, call: exports as KernelFunctions };
  }
}
