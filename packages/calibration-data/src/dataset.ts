// Opens a data source as a stream of samples in the model's terms, again and again from the start.
import { counted, type Diagnostic } from '@wherry/graph';
import { applyPreprocessing } from './apply-preprocessing.js';
import { matchClassNames, type NamedClasses } from './class-names.js';
import type { NumericTypeName } from './bytes/numeric-type.js';
import { hashContent } from './content-hash.js';
import type { DataSourceSpec, FormatName } from './data-source.js';
import type { DataRecord, InputExpectation, RecordSource, Values } from './formats/format.js';
import type { MemorySamples } from './memory-samples.js';
import { openSource } from './open-source.js';
import type { Preprocessing } from './preprocessing.js';
import { refuse } from './refuse.js';
import { checkSampleShape } from './sample-shape.js';
import { createSelector, type Selection } from './select-samples.js';
import { UnchangedFiles } from './unchanged-files.js';
import { cutWindow, windowCount, type Windowing } from './windows.js';

/** Real values for each model input, in the model's layout and order. The arrays are the receiver's to keep. */
export interface Sample {
  readonly inputs: readonly Float32Array[];
  /** The class, or any single number that is known of the sample. */
  readonly label?: number;
  /** Where more than one number is known of it. */
  readonly target?: Float32Array;
  /** Where it comes from within the data: record number or relative file, `@frame` for windows. Unique. */
  readonly id: string;
  /** With windows: the number of the record that this one was cut from, to put scores together again. */
  readonly group?: number;
}

export type Truth = Pick<Sample, 'label' | 'target'>;

export interface Dataset {
  readonly format: FormatName | 'memory';
  /** Samples that `samples()` gives, where known beforehand. */
  readonly count?: number;
  /** Samples of the whole source, chosen or not, where known beforehand. */
  readonly available?: number;
  /** The type that the numbers of the first input are stored in, where they are given as they stand there; unknown of text. */
  readonly stored?: NumericTypeName;
  /** Class names by label: those of the data, in the order of `classes` where that has them. */
  readonly labels?: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly preprocessing: Preprocessing;
  /**
   * Reads from the start each time; one sample at a time is held. Refuses (WherryError) whatever does not fit, and files
   * that were written to since they were first read.
   */
  samples(): AsyncGenerator<Sample, void>;
  /** What is known of each of these samples, in their order, without decoding them; with windows, of each record. */
  truths(): AsyncGenerator<Truth, void>;
  /**
   * SHA-256 in hex of the content the samples come from. One file: of its bytes. Several (labels, a folder): of their
   * concatenated digests, shared files first, then the chosen ones in order of code units. No path enters. Without a file:
   * of the values and what is known of them.
   */
  sha256(): Promise<string>;
}

export interface DatasetOptions extends Selection {
  readonly preprocessing?: Preprocessing;
  /** Class names in the order of the model's outputs. They number the classes of data that has names itself. */
  readonly classes?: readonly string[] | undefined;
}

/** Opens and checks the source, its first sample included. Every refusal is a WherryError with a DATA_ code. */
export async function openDataset(
  from: DataSourceSpec | MemorySamples,
  expectations: readonly InputExpectation[],
  options: DatasetOptions = {},
): Promise<Dataset> {
  checkSelection(options);
  const { format, where, source, windowing, options: sourceOptions } = await openSource(from, expectations);
  const named = source.labels && matchClassNames(source.labels, options.classes, where);
  const preprocessing = options.preprocessing ?? {};
  const files = new UnchangedFiles();
  for (const file of source.files) await files.require(file);
  const reading: Reading = { source, files, windowing, expectations, preprocessing, named, where };
  const total = await totalSamples(reading, options);
  const { offset = 0, limit = Infinity } = options;
  const count = total === undefined ? undefined : Math.max(0, Math.min(total - offset, limit));
  const samples = () => readSamples(reading, options, total);
  await checkFirst(samples(), where, offset);
  sourceOptions?.refuseUnused();
  return {
    format,
    ...(count !== undefined && { count }),
    ...(total !== undefined && { available: total }),
    ...(source.stored !== undefined && { stored: source.stored }),
    ...(named?.numbers && { labels: named.names }),
    warnings: [...(source.warnings ?? []), ...(named?.warnings ?? [])],
    preprocessing,
    samples,
    truths: () => readTruths(reading, options, total),
    sha256: () => hashContent(source, selectedRecords(reading, options, total)),
  };
}

interface Reading {
  readonly source: RecordSource;
  readonly files: UnchangedFiles;
  readonly windowing: Windowing | undefined;
  readonly expectations: readonly InputExpectation[];
  readonly preprocessing: Preprocessing;
  readonly named: NamedClasses | undefined;
  readonly where: string;
}

interface Cut {
  readonly record: DataRecord;
  readonly id: string;
  readonly group?: number;
  readonly values: () => Promise<readonly Values[]>;
}

/** Records, or the windows of records; nothing is decoded that is not asked for, except to count unknown windows. */
async function* cuts({ source, windowing, where }: Reading): AsyncGenerator<Cut> {
  let group = 0;
  for await (const record of source.records()) {
    if (windowing === undefined) {
      yield { record, id: record.id, values: async () => record.load() };
      continue;
    }
    const values = await record.load();
    if (values.length !== 1)
      refuse('DATA_OPTION', { what: 'windows are cut from one input only', where, next: 'leave out window=' });
    const count = windowCount(values[0]!.shape, windowing, `${where}, sample ${record.id}`);
    for (let w = 0; w < count; w++) {
      const start = w * windowing.stride;
      yield {
        record,
        id: `${record.id}@${start}`,
        group,
        values: async () => [cutWindow(values[0]!, start, windowing)],
      };
    }
    group++;
  }
}

async function* selected(reading: Reading, selection: Selection, total: number | undefined): AsyncGenerator<Cut> {
  const select = createSelector(selection, total);
  for await (const cut of cuts(reading)) {
    const verdict = select();
    if (verdict === 'stop') return;
    if (verdict === 'take') yield cut;
  }
}

async function* selectedRecords(
  reading: Reading,
  selection: Selection,
  total: number | undefined,
): AsyncGenerator<DataRecord> {
  for await (const { record } of selected(reading, selection, total)) yield record;
}

async function* readSamples(
  reading: Reading,
  selection: Selection,
  total: number | undefined,
): AsyncGenerator<Sample, void> {
  const { expectations, preprocessing, where, files, source } = reading;
  for await (const { record, id, group, values } of selected(reading, selection, total)) {
    const at = `${where}, sample ${id}`;
    if (record.file !== undefined) await files.require(record.file);
    const loaded = await values();
    if (loaded.length !== expectations.length) {
      refuse('DATA_SHAPE', {
        what: `the data gives one array per sample and the model has ${counted(expectations.length, 'input')}`,
        where,
        next: 'give an .npz with one array per input, named as the inputs',
      });
    }
    const inputs = loaded.map((own, i) => {
      const ready = applyPreprocessing(own, preprocessing, at);
      checkSampleShape(ready, expectations[i]!, at);
      checkFinite(ready.data, at);
      return ready.data;
    });
    yield { inputs, id, ...truthOf(record, reading, at), ...(group !== undefined && { group }) };
  }
  for (const file of source.files) await files.require(file);
}

/** Windows would have to be decoded to be counted, so there every record speaks for its own. */
async function* readTruths(
  reading: Reading,
  selection: Selection,
  total: number | undefined,
): AsyncGenerator<Truth, void> {
  const { source, windowing, where } = reading;
  const records = windowing === undefined ? selectedRecords(reading, selection, total) : source.records();
  for await (const record of records) yield truthOf(record, reading, `${where}, sample ${record.id}`);
}

function truthOf({ label, target }: DataRecord, { named }: Reading, where: string): Truth {
  if (label !== undefined && !Number.isFinite(label))
    refuse('DATA_LABELS', { what: 'the label is not a number', where, next: 'repair the label' });
  if (target?.every(Number.isFinite) === false)
    refuse('DATA_LABELS', { what: 'a target is not a number', where, next: 'repair the target' });
  if (target !== undefined) return { target };
  const numbered = named === undefined || label === undefined ? label : named.numbers?.[label];
  return numbered === undefined ? {} : { label: numbered };
}

function checkFinite(data: Float32Array, where: string): void {
  // This runs over every value, so no callback: only of a finite number the difference to itself is 0.
  let at = 0;
  while (at < data.length && data[at]! - data[at]! === 0) at++;
  if (at < data.length)
    refuse('DATA_NOT_FINITE', {
      what: `value ${at} is ${data[at]}`,
      where,
      next: 'repair or remove the sample; check dtype and byte order if they are declared',
    });
}

/** Undefined when it cannot be known without reading and no seed asks for it. */
async function totalSamples(reading: Reading, { seed, limit }: Selection): Promise<number | undefined> {
  if (reading.windowing === undefined && reading.source.count !== undefined) return reading.source.count;
  if (seed === undefined || limit === undefined) return undefined;
  let total = 0;
  const all = cuts(reading);
  while (!(await all.next()).done) total++;
  return total;
}

async function checkFirst(samples: AsyncGenerator<Sample, void>, where: string, offset: number): Promise<void> {
  const first = await samples.next();
  await samples.return();
  if (first.done)
    refuse('DATA_EMPTY', {
      what: offset > 0 ? `there is no sample behind the first ${offset}` : 'there is no sample in it',
      where,
      next: offset > 0 ? 'give a smaller offset' : 'give data that holds samples',
    });
}

function checkSelection({ limit, offset, seed }: Selection): void {
  const whole = (value: number | undefined, least: number) =>
    value === undefined || (Number.isSafeInteger(value) && value >= least);
  if (whole(limit, 1) && whole(offset, 0) && whole(seed, 0)) return;
  refuse('DATA_OPTION', {
    what: `limit ${limit}, offset ${offset}, seed ${seed}`,
    next: 'give whole numbers: limit from 1, offset and seed from 0',
  });
}
