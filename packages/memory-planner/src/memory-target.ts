// What the planner must know of the device: which runtime's kernels run, and how its compiler lays out structs.

export const plannedRuntimes = ['tflm-reference', 'tflm-cmsis-nn', 'tflm-esp-nn'] as const;

/** LiteRT on an operating system: its activations lie in one plan as well, and what else it takes is not foretold. */
export const unplannedRuntime = 'litert';

/** No interpreter: what is planned is the code's own, and whoever makes the code plans it. */
export const compiledRuntime = 'compiled-c';

/** The runtimes whose arena this package can foretell. */
export type PlannedRuntime = (typeof plannedRuntimes)[number];

export interface MemoryTarget {
  readonly runtime: PlannedRuntime | typeof unplannedRuntime | typeof compiledRuntime;
  /** 8: the Python package on a 64-bit host. 2: of compiled code only. */
  readonly pointerBytes: 2 | 4 | 8;
  /** Bytes that every activation's offset and size are rounded up to; TensorFlow Lite Micro never uses less than 16. */
  readonly alignment: number;
  /**
   * True where an enum takes the smallest integer that holds it (GCC for bare-metal Arm). Default: false, which never
   * estimates too little.
   */
  readonly shortEnums?: boolean;
  /**
   * The vector unit that the optimized kernels are built for, in the words of the device profile; null: none. Kernels ask
   * for different scratch on each. A unit that is not recognized, or none given, takes the most that any variant asks for.
   */
  readonly simd?: string | null;
  /** Of compiled code only: the core's instruction set, in the words of the device profile. */
  readonly instructionSet?: string | undefined;
  /** The oldest version of ESP-NN that the firmware may have; left out: any that its TensorFlow Lite Micro accepts. */
  readonly espNnFrom?: string;
}

/** TensorFlow Lite Micro, whose interpreter keeps records of its own in the arena. */
export function isPlannedTarget(target: MemoryTarget): target is MemoryTarget & { readonly runtime: PlannedRuntime } {
  return target.runtime !== unplannedRuntime && target.runtime !== compiledRuntime;
}

/** How pointers and enums are laid out. Without short enums on 4-byte pointers: RISC-V, Xtensa. */
export type Abi = 'lp64' | 'ilp32' | 'ilp32-short-enums';

export function abiOf(target: MemoryTarget): Abi {
  if (target.pointerBytes === 8) return 'lp64';
  return target.shortEnums === true ? 'ilp32-short-enums' : 'ilp32';
}

/** Whether it is a runtime of microcontrollers, whose memory is known whoever plans it. */
export function isDeviceRuntime(name: string): boolean {
  return isPlannedRuntime(name) || name === compiledRuntime;
}

/** Whether `name` (of a device profile's runtime) is one whose arena can be estimated. */
export function isPlannedRuntime(name: string): name is PlannedRuntime {
  return (plannedRuntimes as readonly string[]).includes(name);
}

/** `MicroArenaBufferAlignment()` of TensorFlow Lite Micro: what every buffer of the arena is aligned to. */
export const runtimeAlignment = 16;

export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
