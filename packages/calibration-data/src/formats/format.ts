// What a format is: a way to recognize a file and a way to read its records. One file per format in this folder.
import type { DataType, Diagnostic, Shape } from '@wherry/graph';
import type { NumericTypeName } from '../bytes/numeric-type.js';
import type { FormatName } from '../data-source.js';
import type { SourceOptions } from '../source-options.js';

/** What the model takes at one input. A leading 1 of the shape is the batch. */
export interface InputExpectation {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DataType;
}

/** Real values in C order. */
export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array;
  /** Pictures may be given another number of channels as long as nothing is lost. */
  readonly picture?: boolean;
  /** Bytes that are likely the brightness of pixels. */
  readonly pixels?: boolean;
  /** Frames of a recording along the first dimension; channels along the second where there are several. */
  readonly sound?: boolean;
}

/** One record of a source. `load` must be called before the next record is asked for, or not at all. */
export interface DataRecord {
  readonly id: string;
  /** The class, or any single number that is known of the sample. */
  readonly label?: number | undefined;
  /** Where more than one number is known of it: what the model should give, or a row of yes and no. */
  readonly target?: Float32Array | undefined;
  /** The file that holds this record alone, in sources of many files. */
  readonly file?: string;
  readonly load: () => Values[] | Promise<Values[]>;
}

export interface RecordSource {
  /** Number of records, where it is known without reading them. */
  readonly count?: number;
  /** The type that the numbers of the first input are stored in, where they are given as they stand there. */
  readonly stored?: NumericTypeName;
  /** Class names, by label. */
  readonly labels?: readonly string[];
  /** Every file that the records share. */
  readonly files: readonly string[];
  /** Set when each record has a file of its own besides. */
  readonly ownFiles?: true;
  readonly warnings?: readonly Diagnostic[];
  /** From the first record, each time it is called. */
  readonly records: () => AsyncIterable<DataRecord>;
}

export interface Probe {
  readonly path: string;
  /** File name in lower case, without `.gz`. */
  readonly name: string;
  readonly isFolder: boolean;
  /** The first bytes, after gunzip where `gzip` is set. */
  readonly head: Uint8Array;
  readonly gzip: boolean;
  readonly size: number;
}

/** `content`: the bytes tell. `name`: only the file's name speaks for it. */
export type Match = 'content' | 'name' | undefined;

export interface OpenContext {
  readonly path: string;
  readonly size: number;
  readonly options: SourceOptions;
  readonly expectations: readonly InputExpectation[];
}

export interface DataFormat {
  readonly name: FormatName;
  /** One line for help and for the refusal when no data is given. */
  readonly summary: string;
  readonly example: string;
  readonly options: readonly string[];
  readonly match: (probe: Probe) => Match | Promise<Match>;
  readonly open: (context: OpenContext) => Promise<RecordSource>;
}

/** Whether `head` begins with these bytes; -1 stands for any byte. */
export function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, i) => byte === -1 || head[i] === byte);
}
