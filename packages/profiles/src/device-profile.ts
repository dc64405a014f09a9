// What a device profile says, as a value: the one input from which every choice for a target follows.
import type { ArrayFormat, IoType, PortableRuntime, SchemeName } from './scheme-names.js';

/** A figure of hardware is worth nothing without where it comes from. */
export interface MemoryRegion {
  readonly bytes: number;
  /** What the vendor's start-up code, SDK, stacks and the rest of a usual firmware take away. */
  readonly reservedBytes: number;
  /** The document, or the way of measuring, behind both figures. */
  readonly source: string;
}

/**
 * Where memory is no single piece: the arena is one block, and a block is either a static array or comes from the heap.
 */
export interface RamBlocks {
  /** The largest array that the linker can place, beside the static data of a usual firmware. */
  readonly staticBytes: number;
  /** The largest block that the heap can give, beside the same. */
  readonly heapBytes: number;
  readonly source: string;
  /** How the firmware takes a block from the heap, aligned to 16 bytes: an expression of C; BYTES stands for the size. */
  readonly allocation: string;
}

export interface RamRegion extends MemoryRegion {
  /** Left out, or null where the profile that is extended has it: any part that is free can be the arena. */
  readonly blocks?: RamBlocks | null;
}

/** A part of the firmware that comes on its own, and the oldest version of it that computes right. */
export interface RuntimeComponent {
  readonly component: string;
  readonly from: string;
  readonly why: string;
}

/** `emulated`: correct but in software (soft float); `none`: the runtime cannot be built for it. */
export type ArithmeticSupport = 'native' | 'emulated' | 'none';

export interface SchemeLimits {
  /** Greatest loss of the task's accuracy against the float model, in percentage points. */
  readonly accuracyDropPoints?: number;
  /** Least share of the decisions that are those of the float model, in percent. */
  readonly agreementPercent?: number;
  /** Least signal to noise of every output against the float model, in dB. */
  readonly sqnrDb?: number;
  /** Greatest arena in bytes; without it the RAM region alone decides. */
  readonly arenaBytes?: number;
}

/** One acceptable scheme; a scheme whose limit is broken gives way to the next in the list. */
export interface SchemePreference {
  readonly scheme: SchemeName;
  /** Those of accuracy hold for the schemes behind it as well: see `limitsOfScheme`. */
  readonly limits?: SchemeLimits;
  /** One scale for a matrix beside which a scale for each row would weigh much, in the arena and in the file. */
  readonly compactMatrices?: boolean;
}

/**
 * What leaves the tool. `firmware`: the model as a C array with its settings, resolver and self-test; `file`: the .tflite
 * and how its runtime opens it, for a target with an operating system or a browser.
 */
export const exportLayouts = ['firmware', 'file'] as const;
export type ExportLayout = (typeof exportLayouts)[number];

/**
 * How an application opens the file: `kotlin-cpu` and `kotlin-gpu` with LiteRT on Android, `swift-metal` with the Metal delegate
 * on iOS, `js-webgpu` with LiteRT.js in a browser, `cpp-cpu` with LiteRT in C++, `cpp-edgetpu` through edgetpu_compiler and
 * libedgetpu.
 */
export const exampleNames = ['kotlin-cpu', 'kotlin-gpu', 'swift-metal', 'js-webgpu', 'cpp-cpu', 'cpp-edgetpu'] as const;
export type ExampleName = (typeof exampleNames)[number];

/** Why nothing can be made for a device, and what to do instead. */
export interface Refusal {
  readonly what: string;
  readonly next: string;
  /** Runtimes that can be asked for in the place of the profile's own, and that the reason is not true of. */
  readonly unlessRuntime?: readonly PortableRuntime[];
}

/** Where the exported array goes in memory; the section becomes MODEL_DATA_ATTRIBUTES. Null: where constants go. */
export interface Placement {
  readonly section: string | null;
  readonly why: string;
}

/** A target with an operating system has memory too: `flash` is then what the file may take, `ram` what running may take. */
export interface DeviceProfile {
  /** Also the file's name without `.json`. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly chip: string;
  readonly notes: readonly string[];
  /** It stands for a kind of chip and not for a device: nobody is advised to take it instead of another one. */
  readonly generic?: boolean;
  /** Left out wherever a model can be made for the device. */
  readonly refuses?: Refusal;
  readonly memory: { readonly flash: MemoryRegion; readonly ram: RamRegion; readonly psram?: MemoryRegion };
  readonly arithmetic: {
    readonly int8: ArithmeticSupport;
    readonly int16: ArithmeticSupport;
    readonly fp16: ArithmeticSupport;
    readonly fp32: ArithmeticSupport;
    /** Name of the vector unit the runtime's kernels use, or null. */
    readonly simd: string | null;
    /** Of the core that runs the model, as its architecture names it; only code that is compiled for it asks. */
    readonly instructionSet?: string;
  };
  /** What the arena estimate needs to know of the compiler's target. */
  readonly abi: {
    /** 2: AVR, for which no interpreter's arena can be foretold. */
    readonly pointerBytes: 2 | 4 | 8;
    /** The greatest alignment of a fundamental type, in bytes. */
    readonly alignment: number;
    /** True where an enum takes the smallest integer that holds it (GCC for bare-metal Arm). */
    readonly shortEnums?: boolean;
    /** True where code does not read flash as it reads other memory, so that constants lie in RAM as well. */
    readonly constantsInRam?: boolean;
  };
  /** `from` is the oldest version a project of this device may have: only its kernels count. `before` is exclusive. */
  readonly runtime: {
    readonly name: string;
    readonly from: string;
    readonly before?: string;
    readonly needs?: readonly RuntimeComponent[];
  };
  /** In order of preference. */
  readonly schemes: readonly SchemePreference[];
  readonly io: { readonly input: IoType; readonly output: IoType };
  /** `arrayFormat` and `placement` are those of the layout `firmware`; a file has neither, and may have an example. */
  readonly export: {
    readonly layout: ExportLayout;
    /** The source file beside the .tflite that shows how to run it; none where it is left out. */
    readonly example?: ExampleName;
    readonly arrayFormat?: ArrayFormat;
    readonly placement?: Placement;
  };
  /** Added to the estimated arena before it is written into the firmware's settings. */
  readonly arenaMarginPercent: number;
  /** The emulated machine that can stand in for the board, or null where there is none. */
  readonly standIn: string | null;
  readonly serial?: SerialLink;
}

/** How the board hangs on a serial line. */
export interface SerialLink {
  readonly baud: number;
  /** What the board shows itself as: four hexadecimal digits each. A bridge is on boards of many kinds. */
  readonly usb: readonly { readonly vendorId: string; readonly productId: string; readonly what: string }[];
  /** How its control lines, or its speed, start it anew. */
  readonly reset: ResetName;
}

export const resetNames = ['none', 'esp-dtr-rts', 'dtr-pulse', 'touch-1200-bps'] as const;
export type ResetName = (typeof resetNames)[number];

/** How the array is written, of a profile whose layout is `firmware`. Throws RangeError for another one: it has no array. */
export function firmwareExport({
  id,
  export: { layout, arrayFormat, placement },
}: Pick<DeviceProfile, 'id' | 'export'>): { readonly arrayFormat: ArrayFormat; readonly placement: Placement } {
  if (layout !== 'firmware' || arrayFormat === undefined || placement === undefined)
    throw new RangeError(`${id} takes a file, not an array`);
  return { arrayFormat, placement };
}

/** Bytes of a region that a model and its arena may take; of RAM in blocks, in one block. */
export function availableBytes(region: MemoryRegion | RamRegion): number {
  const left = region.bytes - region.reservedBytes;
  const blocks = 'blocks' in region ? region.blocks : undefined;
  return blocks ? Math.min(left, Math.max(blocks.staticBytes, blocks.heapBytes)) : left;
}

/** Whether an arena of that size is too large for a static array and has to come from the heap. */
export function mustComeFromHeap({ blocks }: RamRegion, bytes: number): boolean {
  return blocks ? bytes > blocks.staticBytes : false;
}
