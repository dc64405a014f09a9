// One of the two things compared: a .tflite file, or an output folder with the .tflite and the report in it.
import { lstat, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted, diagnose, WherryError, type Diagnostic, type DiagnosticDefinition, type Graph } from '@wherry/graph';
import { fileFormat } from '@wherry/importers';
import { decode, type TfliteModel } from '@wherry/tflite-writer';
import { importModelFile } from '../inputs/import-model-file.js';
import { readModelFile, sha256 } from '../inputs/read-model-file.js';
import { readRegularFile } from '../inputs/read-regular-file.js';
import { foldersOf, walk } from '../output/output-mark.js';
import type { LeftOut } from './document.js';
import { rawGraphs } from './raw-graph.js';

export interface Side {
  readonly path: string;
  /** Without its folder. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly model: TfliteModel;
  /** As the tool understands it; why it does not otherwise. */
  readonly graph: Graph | Diagnostic;
  /** As its runtime is given it: weights that are stored otherwise stand behind the operators that widen them. */
  readonly given: Graph | Diagnostic;
  /** What importing changed. */
  readonly importWarnings: readonly Diagnostic[];
  readonly folder: Folder | undefined;
  /** The user's layers, where the report names one for each operator: the tool's own files have few names. */
  readonly layers: readonly string[];
}

export interface Folder {
  /** The document in report.json. */
  readonly report: Readonly<Record<string, unknown>>;
  /** What stands there beside model and report, by name. */
  readonly files: ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>;
  /** The .tflite is the one that the report is about. */
  readonly isOfModel: boolean;
  /** Files that are not as the report lists them. */
  readonly notes: readonly Omit<LeftOut, 'side'>[];
}

const greatestFileBytes = 1 << 30;

export function isGraph(graph: Graph | Diagnostic): graph is Graph {
  return 'nodes' in graph;
}

/** What is refused that is neither of both: the words of the command that reads it. */
export interface SideRefusals {
  readonly folder: DiagnosticDefinition;
  readonly file: DiagnosticDefinition;
  readonly next: { readonly folder: string; readonly file: string };
}

/** Throws MODEL_UNREADABLE and MODEL_DENIED, the refusals, and what the tables are refused for. */
export async function readSide(path: string, refusals: SideRefusals): Promise<Side> {
  const isFolder = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder) return sideOf(path, undefined, refusals);
  const { model, ...folder } = await readFolder(path, refusals);
  return sideOf(join(path, model), folder, refusals);
}

async function sideOf(path: string, folder: Folder | undefined, refusals: SideRefusals): Promise<Side> {
  const { fileName, bytes, sha256: hash } = await readModelFile(path);
  requireTflite(bytes, path, refusals);
  const model = decode(bytes);
  const layers = layersOf(folder, model);
  const own = read({ fileName, bytes }, 'source');
  const given = read({ fileName, bytes }, 'as-it-is');
  return { path, fileName, bytes, sha256: hash, model, ...own, given: given.graph, folder, layers };
}

/** Whatever else it is, it is called that. */
function requireTflite(bytes: Uint8Array, path: string, { file, next }: SideRefusals): void {
  const format = fileFormat(bytes);
  if (format?.imported === 'tflite') return;
  const convert = format === undefined || format.imported !== null ? undefined : format;
  throw new WherryError(file, {
    what:
      format === undefined
        ? `the file of ${counted(bytes.length, 'byte')} is no .tflite, nor any other model that is known`
        : `the file is ${format.name}, and no .tflite`,
    where: path,
    next: convert === undefined ? next.file : convert.isModel ? `${convert.next}; then ${next.file}` : convert.next,
  });
}

function read(
  file: Parameters<typeof importModelFile>[0],
  mixed: 'source' | 'as-it-is',
): Pick<Side, 'graph' | 'importWarnings'> {
  try {
    const { graph, warnings } = importModelFile(file, mixed);
    return { graph, importWarnings: warnings };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    return { graph: diagnose(error.definition, error.details), importWarnings: [] };
  }
}

function layersOf(folder: Folder | undefined, model: TfliteModel): readonly string[] {
  const layers = folder?.report['layers'];
  const operators = rawGraphs(model)[0]?.operators ?? [];
  if (!Array.isArray(layers) || layers.length !== operators.length) return [];
  const named = layers as readonly ({ readonly layer?: unknown; readonly operator?: unknown } | null)[];
  const fits = named.every(
    (each, i) =>
      typeof each?.layer === 'string' && typeof each.operator === 'string' && each.operator === operators[i]!.kind,
  );
  return fits ? named.map((each) => String(each!.layer)) : [];
}

async function readFolder(path: string, refusals: SideRefusals): Promise<Folder & { readonly model: string }> {
  const report = await readReport(join(path, 'report.json'));
  if (report === undefined) return refuseFolder(path, 'it has no report.json that this tool wrote', refusals);
  const listed = listOf(report['files']);
  const { files: names } = await walk(path, foldersOf(listed.keys()));
  const models = names.filter((name) => /^[^/]*\.tflite$/.test(name) && (listed.size === 0 || listed.has(name)));
  if (models.length !== 1)
    return refuseFolder(
      path,
      models.length === 0 ? 'it has no .tflite that its report lists' : `it has several: ${models.join(', ')}`,
      refusals,
    );
  const files = new Map<string, { readonly bytes: number; readonly sha256: string }>();
  const notes: Omit<LeftOut, 'side'>[] = [];
  let isOfModel = false;
  for (const name of names) {
    if (name === 'report.json' || !(await lstat(join(path, name))).isFile()) continue;
    const content = await readRegularFile(join(path, name), greatestFileBytes);
    if (!(content instanceof Uint8Array)) {
      notes.push({ what: `the file ${name}`, why: content.what });
      continue;
    }
    const hash = sha256(content);
    if (listed.get(name) !== hash)
      notes.push({
        what: `what the report says of ${name}`,
        why: listed.has(name) ? 'the file was changed since the report was written' : 'the report does not list it',
      });
    if (name === models[0]) isOfModel = listed.size === 0 || listed.get(name) === hash;
    else files.set(name, { bytes: content.length, sha256: hash });
  }
  for (const name of listed.keys())
    if (!names.includes(name))
      notes.push({ what: `the file ${name}`, why: 'the report lists it, and it is not there' });
  return { model: models[0]!, report, files, isOfModel, notes };
}

async function readReport(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const content = await readRegularFile(path, greatestFileBytes);
  if (!(content instanceof Uint8Array)) return undefined;
  try {
    const report: unknown = JSON.parse(new TextDecoder().decode(content));
    const { tool } = report as { readonly tool?: { readonly name?: unknown } };
    return tool?.name === 'wherry' ? (report as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function listOf(files: unknown): ReadonlyMap<string, string> {
  const entries = (Array.isArray(files) ? files : []) as readonly {
    readonly name?: unknown;
    readonly sha256?: unknown;
  }[];
  return new Map(
    entries.flatMap((entry) =>
      typeof entry?.name === 'string' && typeof entry.sha256 === 'string' ? [[entry.name, entry.sha256] as const] : [],
    ),
  );
}

function refuseFolder(path: string, what: string, { folder, next }: SideRefusals): never {
  throw new WherryError(folder, { what: `${basename(path)} is a folder, and ${what}`, where: path, next: next.folder });
}
