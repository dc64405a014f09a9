// What a layout has to know of a model: the C files as they are, and what a build or a reader of metadata asks.
import type { ModelNames } from '@wherry/c-source';

/** Text may come in pieces, made anew whenever it is read. */
export type LayoutContent = string | Uint8Array | Iterable<string>;

/** By path, whose parts stand between slashes. */
export type LayoutFiles = ReadonlyMap<string, LayoutContent>;

export interface LayoutModel {
  /** What its files are called after. */
  readonly name: string;
  readonly names: ModelNames;
  /** Headers and sources by name; NAME.tflite among them where the assembler reads it. */
  readonly files: LayoutFiles;
  /** The model is code of its own; otherwise TensorFlow Lite Micro runs it. */
  readonly isCompiled: boolean;
  /** There are known answers to compare with. */
  readonly hasSelfTest: boolean;
  /** Its source calls functions of math.h. */
  readonly callsMath: boolean;
  /** Where the arena is too large for a static array: the expression that allocates BYTES. */
  readonly heapAllocation?: string | undefined;
  /** As the device profile names it. */
  readonly chip: string;
  /** The oldest version that the model was made for, the first that is too new, and parts that come on their own. */
  readonly runtime: {
    readonly from: string;
    readonly before?: string | undefined;
    readonly needs: readonly { readonly component: string; readonly from: string }[];
  };
  /** As SPDX writes it; none where the user has named none. */
  readonly license?: string | undefined;
  /** Of the .tflite. */
  readonly sha256: string;
  readonly profileId: string;
  readonly tool: { readonly name: string; readonly version: string };
}

/** The folder of the library, and what build files call it: no library of a kit has such a name by chance. */
export function libraryName({ name }: Pick<LayoutModel, 'name'>): string {
  return `${name}_model`;
}

/** The project that shows that the library works. */
export function smokeName({ name }: Pick<LayoutModel, 'name'>): string {
  return `${name}_smoke`;
}

/** Real numbers are those of the reference only where a product is rounded before it is added; GCC and Clang know it. */
export const unfused = '-ffp-contract=off';

/** Of every library of a layout: the files of a model have no version but their hash. */
export const libraryVersion = '1.0.0';

export function descriptionOf({ name, isCompiled }: Pick<LayoutModel, 'name' | 'isCompiled'>): string {
  return isCompiled ? `The model ${name} compiled to C.` : `The model ${name} for TensorFlow Lite Micro.`;
}
