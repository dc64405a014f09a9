// NumPy .npz: one array of samples (`x`, or the only one), or one array per model input; labels or targets in `y`.
import { counted, diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import { ByteReader } from '../bytes/byte-reader.js';
import { readNpyHeader, type NpyHeader } from '../bytes/npy-header.js';
import { npyRows } from '../bytes/npy-rows.js';
import { readNumbers } from '../bytes/numeric-type.js';
import type { ZipMember } from '@wherry/zip-archive';
import { listZip, readMember } from '../bytes/zip-archive.js';
import { isBookkeepingPath } from '../bookkeeping-names.js';
import { dataDiagnostics } from '../diagnostics.js';
import { ignoredWarning } from '../ignored-warning.js';
import { refuse } from '../refuse.js';
import { startsWith, type DataFormat, type DataRecord, type OpenContext } from './format.js';
import { readValues, splitSamples, type SampleSplit } from './npy.js';

interface Column {
  readonly member: ZipMember;
  readonly header: NpyHeader;
  readonly split: SampleSplit;
}

export const npz: DataFormat = {
  name: 'npz',
  summary: 'NumPy archive: array x (or the only one, or one named as each model input), labels in y',
  example: 'npz:samples.npz?array=x_test&labels=y_test',
  options: ['array', 'inputs', 'labels'],
  match: ({ head, name }) =>
    startsWith(head, [0x50, 0x4b, 3, 4]) ? 'content' : name.endsWith('.npz') ? 'name' : undefined,
  open: async (context) => {
    const { path, expectations } = context;
    const entries = (await listZip(path)).filter(({ name }) => !name.endsWith('/'));
    const ignored = entries.filter(({ name }) => isBookkeepingPath(name)).map(({ name }) => name);
    const members = new Map(
      entries
        .filter(({ name }) => !isBookkeepingPath(name))
        .map((member) => [member.name.replace(/\.npy$/, ''), member]),
    );
    const labelName = context.options.text('labels') ?? 'y';
    const names = chooseArrays(context, [...members.keys()], labelName);
    const inputs: Column[] = [];
    for (const [i, name] of names.entries())
      inputs.push(await openColumn(path, members, name, expectations[i]?.shape ?? []));
    const { labels, warnings } = await openLabels(context, members, labelName);
    const count = inputs[0]!.split.count;
    for (const column of [...inputs, ...(labels ? [labels] : [])]) {
      if (column.split.count === count) continue;
      refuse(column === labels ? 'DATA_LABELS' : 'DATA_SHAPE', {
        what: `array ${column.member.name} has ${counted(column.split.count, 'entry', 'entries')} and ${inputs[0]!.member.name} has ${count}`,
        where: path,
        next: 'save arrays of the same length',
      });
    }
    return {
      count,
      stored: inputs[0]!.header.type.name,
      files: [path],
      warnings: [...ignoredWarning(path, ignored), ...warnings],
      records: () => readRows(path, inputs, labels, count),
    };
  },
};

function chooseArrays(
  { path, options, expectations }: OpenContext,
  names: readonly string[],
  labelName: string,
): readonly string[] {
  const listed = options.text('inputs')?.split(',');
  if (listed !== undefined) {
    if (listed.length !== expectations.length)
      wrong(
        path,
        `option inputs lists ${counted(listed.length, 'array')} and the model has ${counted(expectations.length, 'input')}`,
        names,
      );
    return listed;
  }
  if (expectations.length > 1) {
    return expectations.map(({ name }) => {
      const plain = name.replace(/^serving_default_/, '').replace(/:\d+$/, '');
      return (
        [name, plain].find((candidate) => names.includes(candidate)) ??
        wrong(path, `there is no array for input "${name}"`, names)
      );
    });
  }
  const chosen = options.text('array') ?? (names.includes('x') ? 'x' : undefined);
  if (chosen !== undefined) return [chosen];
  const others = names.filter((name) => name !== labelName);
  return others.length === 1 ? others : wrong(path, 'it is not clear which array holds the samples', names);
}

/** Calibration needs no labels: those that were not asked for and are no numbers are left out. */
async function openLabels(
  { path, options }: OpenContext,
  members: ReadonlyMap<string, ZipMember>,
  name: string,
): Promise<{ readonly labels: Column | undefined; readonly warnings: readonly Diagnostic[] }> {
  const declared = options.text('labels') !== undefined;
  if (!declared && !members.has(name)) return { labels: undefined, warnings: [] };
  try {
    return { labels: await openColumn(path, members, name, []), warnings: [] };
  } catch (error) {
    if (declared || !(error instanceof WherryError) || error.definition !== dataDiagnostics.DATA_TYPE_UNSUPPORTED)
      throw error;
    const details = {
      what: `labels in ${name} are not used: ${error.details.what}`,
      where: path,
      next: 'save class numbers, such as y = np.unique(y, return_inverse=True)[1], numbered as in training, or targets as y.astype(np.float32)',
    };
    return { labels: undefined, warnings: [diagnose(dataDiagnostics.DATA_LABELS_UNUSED, details)] };
  }
}

async function openColumn(
  path: string,
  members: ReadonlyMap<string, ZipMember>,
  name: string,
  expected: readonly number[],
): Promise<Column> {
  const member = members.get(name) ?? wrong(path, `there is no array "${name}"`, [...members.keys()]);
  const where = `${path}, member ${member.name}`;
  const reader = new ByteReader(readMember(path, member), where);
  try {
    const header = await readNpyHeader(reader, where);
    if (reader.position + header.bytes !== member.bytes) {
      refuse('DATA_TRUNCATED', {
        what: `the header gives ${header.bytes} bytes and the member has ${member.bytes - reader.position}`,
        where,
        next: 'save the archive again',
      });
    }
    return { member, header, split: splitSamples(header, expected, where) };
  } finally {
    await reader.close();
  }
}

async function* readRows(
  path: string,
  inputs: readonly Column[],
  labels: Column | undefined,
  count: number,
): AsyncGenerator<DataRecord> {
  const columns = labels === undefined ? inputs : [...inputs, labels];
  const readers = columns.map(
    ({ member }) => new ByteReader(readMember(path, member), `${path}, member ${member.name}`),
  );
  try {
    for (const reader of readers) await readNpyHeader(reader, path);
    const streams = columns.map(({ member, header, split }, c) =>
      npyRows(readers[c]!, header, split.shape, `${path}, member ${member.name}`),
    );
    for (let i = 0; i < count; i++) {
      const rows: Uint8Array[] = [];
      for (const stream of streams) rows.push(await stream.next());
      const truth = labels && readNumbers(labels.header.type, rows[inputs.length]!, labels.header.littleEndian);
      // The check of a member's checksum runs when its stream ends, so the end is asked for before the last row is given.
      if (i === count - 1) rows.forEach((row, c) => (rows[c] = Uint8Array.from(row)));
      if (i === count - 1) for (const reader of readers) await reader.expectEnd();
      const load = () => inputs.map(({ header, split }, c) => readValues(header, split, rows[c]!));
      yield {
        id: `${i}`,
        ...(truth !== undefined && (truth.length === 1 ? { label: truth[0]! } : { target: truth })),
        load,
      };
    }
  } finally {
    for (const reader of readers) await reader.close();
  }
}

function wrong(where: string, what: string, names: readonly string[]): never {
  return refuse('DATA_OPTION', {
    what,
    where,
    next: `choose from ${names.slice(0, 20).join(', ') || 'nothing: the archive is empty'} with ?array=NAME, or ?inputs=A,B in the order of the model inputs`,
  });
}
