// What a device profile says, as a value: the one input from which every choice for a target follows.

/** A figure of hardware is worth nothing without where it comes from. */
export interface MemoryRegion {
  readonly bytes: number;
  /** What the vendor's start-up code, SDK, stacks and the rest of a usual firmware take away. */
  readonly reservedBytes: number;
  /** The document, or the way of measuring, behind both figures. */
  readonly source: string;
}

/** `emulated`: correct but in software (soft float); `none`: the runtime cannot be built for it. */
export type ArithmeticSupport = 'native' | 'emulated' | 'none';

export const schemeNames = ['float32', 'float16', 'dynamic-range', 'int8', 'int16x8'] as const;
export type SchemeName = (typeof schemeNames)[number];

/** One acceptable scheme; a scheme whose limit is broken gives way to the next in the list. */
export interface SchemePreference {
  readonly scheme: SchemeName;
  readonly limits?: {
    /** Greatest loss of the task's accuracy against the float model, in percentage points. */
    readonly accuracyDropPoints?: number;
    /** Greatest arena in bytes; without it the RAM region alone decides. */
    readonly arenaBytes?: number;
  };
}

/** Which type the model's inputs and outputs have in the firmware's hands. */
export type IoType = 'int8' | 'int16' | 'float32';

export const arrayFormats = ['hex', 'string', 'incbin'] as const;
export type ArrayFormat = (typeof arrayFormats)[number];

/** Where the exported array goes in memory; the section becomes MODEL_DATA_ATTRIBUTES. Null: where constants go. */
export interface Placement {
  readonly section: string | null;
  readonly why: string;
}

export interface DeviceProfile {
  /** Also the file's name without `.json`. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly chip: string;
  readonly notes: readonly string[];
  readonly memory: { readonly flash: MemoryRegion; readonly ram: MemoryRegion; readonly psram?: MemoryRegion };
  readonly arithmetic: {
    readonly int8: ArithmeticSupport;
    readonly int16: ArithmeticSupport;
    readonly fp16: ArithmeticSupport;
    readonly fp32: ArithmeticSupport;
    /** Name of the vector unit the runtime's kernels use, or null. */
    readonly simd: string | null;
  };
  /** What the arena estimate needs to know of the compiler's target. */
  readonly abi: {
    readonly pointerBytes: 4 | 8;
    /** The greatest alignment of a fundamental type, in bytes. */
    readonly alignment: number;
  };
  /** `from` is the oldest version a project of this device may have: only its kernels count. `before` is exclusive. */
  readonly runtime: { readonly name: string; readonly from: string; readonly before?: string };
  /** In order of preference. */
  readonly schemes: readonly SchemePreference[];
  readonly io: { readonly input: IoType; readonly output: IoType };
  readonly export: { readonly arrayFormat: ArrayFormat; readonly placement: Placement };
  /** Added to the estimated arena before it is written into the firmware's settings. */
  readonly arenaMarginPercent: number;
  /** The emulated machine that can stand in for the board, or null where there is none. */
  readonly standIn: string | null;
  readonly serial?: {
    readonly baud: number;
    readonly usb: readonly { readonly vendorId: string; readonly productId: string; readonly what: string }[];
    readonly reset: string;
  };
}

/** Bytes of a region that a model and its arena may take. */
export function availableBytes(region: MemoryRegion): number {
  return region.bytes - region.reservedBytes;
}
