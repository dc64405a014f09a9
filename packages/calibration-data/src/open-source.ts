// What stands behind the name or the arrays that a dataset is made of: its records, and how they are to be cut.
import { formatDataSource, type DataSourceSpec, type FormatName } from './data-source.js';
import type { InputExpectation, RecordSource } from './formats/format.js';
import { locate } from './infer-format.js';
import { memorySource, type MemorySamples } from './memory-samples.js';
import { refuse } from './refuse.js';
import { SourceOptions } from './source-options.js';
import type { Windowing } from './windows.js';

export interface OpenedSource {
  readonly format: FormatName | 'memory';
  /** For messages. */
  readonly where: string;
  readonly source: RecordSource;
  readonly windowing: Windowing | undefined;
  /** What no one asked for is refused once the first record was read. */
  readonly options: SourceOptions | undefined;
}

export async function openSource(
  from: DataSourceSpec | MemorySamples,
  expectations: readonly InputExpectation[],
): Promise<OpenedSource> {
  if ('samples' in from)
    return { format: 'memory', where: from.name, source: memorySource(from), windowing: undefined, options: undefined };
  const { format, size } = await locate(from);
  const where = formatDataSource(from);
  const options = new SourceOptions(from.options, format.options, where);
  const windowing = readWindowing(options, where);
  const source = await format.open({ path: from.path, size, options, expectations });
  return { format: format.name, where, source, windowing, options };
}

function readWindowing(options: SourceOptions, where: string): Windowing | undefined {
  const length = options.count('window', 1);
  const stride = options.count('stride', 1);
  if (length === undefined && stride !== undefined)
    refuse('DATA_OPTION', { what: 'stride is given without window', where, next: 'add window=FRAMES' });
  return length === undefined ? undefined : { length, stride: stride ?? 1 };
}
