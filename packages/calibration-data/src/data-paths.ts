// What a data source reads, told from its written form alone: the data, and what lies beside it.
import { besideData } from './beside-data.js';
import { parseDataSource } from './data-source.js';
import { labelsBeside } from './formats/idx.js';

export interface DataPaths {
  /** A file, or a folder with all that is below. */
  readonly path: string;
  /** Files that are read where they are there; any option may name one. */
  readonly beside: readonly string[];
}

/** Throws DATA_OPTION. */
export function dataPaths(text: string): DataPaths {
  const { path, options } = parseDataSource(text);
  return { path, beside: [...Object.values(options).map((value) => besideData(path, value)), ...labelsBeside(path)] };
}
