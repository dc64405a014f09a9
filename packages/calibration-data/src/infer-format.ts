// Finds out what a path holds: content first, name second, never a guess between two.
import { basename } from 'node:path';
import { readAt, readChunks, statusOf } from './bytes/file-access.js';
import { inflate } from './bytes/inflate.js';
import { formatDataSource, formatNames, type DataSourceSpec } from './data-source.js';
import { dataFormats } from './formats/index.js';
import type { DataFormat, Probe } from './formats/format.js';
import { refuse } from './refuse.js';

const headBytes = 512;

export interface Located {
  readonly format: DataFormat;
  readonly size: number;
}

export async function locate(spec: DataSourceSpec): Promise<Located> {
  const status = await statusOf(spec.path);
  if (status === undefined) {
    const prefix = /^([A-Za-z0-9]{2,12}):/.exec(spec.path)?.[1];
    refuse('DATA_NOT_FOUND', {
      what: 'the path does not exist',
      where: spec.path,
      next:
        prefix === undefined
          ? 'correct the path'
          : `if "${prefix}" was meant as a format: the formats are ${formatNames.join(', ')}`,
    });
  }
  if (spec.format !== undefined) {
    const wantsFolder = spec.format === 'folder';
    if (status.isDirectory() !== wantsFolder) {
      refuse('DATA_UNREADABLE', {
        what: `this is ${wantsFolder ? 'not ' : ''}a folder`,
        where: formatDataSource(spec),
        next: wantsFolder ? 'give a folder' : 'give a file, or folder:PATH',
      });
    }
    return { format: dataFormats[spec.format], size: status.size };
  }
  const probe = status.isDirectory() ? folderProbe(spec.path) : await fileProbe(spec.path, status.size);
  return { format: await infer(spec, probe), size: status.size };
}

async function infer(spec: DataSourceSpec, probe: Probe): Promise<DataFormat> {
  const matches = { content: [] as DataFormat[], name: [] as DataFormat[] };
  for (const name of formatNames) {
    const how = await dataFormats[name].match(probe);
    if (how !== undefined) matches[how].push(dataFormats[name]);
  }
  const candidates = matches.content.length > 0 ? matches.content : matches.name;
  // An option that only one of them takes decides: ?dtype=int8 declares raw records.
  const fitting = candidates.filter((format) =>
    Object.keys(spec.options).every((key) => [...format.options, 'window', 'stride'].includes(key)),
  );
  const left = fitting.length > 0 ? fitting : candidates;
  if (left.length === 1) return left[0]!;
  const where = spec.path;
  if (left.length === 0) {
    refuse('DATA_FORMAT_UNKNOWN', {
      what: 'neither the first bytes nor the name tell the format',
      where,
      next: `write FORMAT:PATH with one of ${formatNames.join(', ')}`,
    });
  }
  return refuse('DATA_FORMAT_AMBIGUOUS', {
    what: `this could be ${left.map(({ name }) => name).join(' or ')}`,
    where,
    next: `write ${left.map(({ name }) => `${name}:PATH`).join(' or ')}`,
  });
}

function folderProbe(path: string): Probe {
  return { path, name: basename(path).toLowerCase(), isFolder: true, head: new Uint8Array(0), gzip: false, size: 0 };
}

async function fileProbe(path: string, size: number): Promise<Probe> {
  const head = await readAt(path, 0, headBytes);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const name = basename(path).toLowerCase().replace(/\.gz$/, '');
  return { path, name, isFolder: false, head: gzip ? await inflatedHead(path, size) : head, gzip, size };
}

async function inflatedHead(path: string, compressedBytes: number): Promise<Uint8Array> {
  for await (const chunk of inflate(readChunks(path), { kind: 'gzip', name: path, compressedBytes }))
    return chunk.slice(0, headBytes);
  return new Uint8Array(0);
}
