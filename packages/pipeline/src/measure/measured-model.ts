// The model that is measured: exactly the file that is given, and what the report beside it says of it.
import { WherryError, type Graph } from '@wherry/graph';
import type { TfliteModel } from '@wherry/tflite-writer';
import { isGraph, readSide, type SideRefusals } from '../diff/read-side.js';
import { measureDiagnostics } from './diagnostics.js';

export interface Foretold {
  readonly arenaBytes: number;
  /** For the model as C, and not for an interpreter. */
  readonly isCompiled: boolean;
}

export interface MeasuredModel {
  readonly path: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly graph: Graph;
  /** The user's name of each operator. */
  readonly layers: readonly string[];
  /** The profile that it was deployed for, where it lies in an output folder. */
  readonly profile: string | undefined;
  /** What the report foretells of its memory, for the runtime that it names. */
  readonly foretold: Foretold | undefined;
}

/** With the file itself. */
export interface MeasuredFile extends MeasuredModel {
  readonly bytes: Uint8Array;
  /** The same, decoded. */
  readonly file: TfliteModel;
}

const deployFirst = 'deploy the model first, and give the output folder, or a .tflite that is quantized already';

const refusals: SideRefusals = {
  folder: measureDiagnostics.MEASURE_MODEL,
  file: measureDiagnostics.MEASURE_MODEL,
  next: { folder: deployFirst, file: deployFirst },
};

/** `path`: a .tflite, or an output folder. Throws what reading it throws, and MEASURE_MODEL. */
export async function readMeasured(path: string): Promise<MeasuredFile> {
  const side = await readSide(path, refusals);
  if (!isGraph(side.given))
    throw new WherryError(measureDiagnostics.MEASURE_MODEL, {
      what: side.given.what,
      where: side.given.where ?? path,
      next: side.given.next,
    });
  // Its layers and its memory would be those of another model.
  if (side.folder?.isOfModel === false)
    throw new WherryError(measureDiagnostics.MEASURE_MODEL, {
      what: `${side.fileName} was changed since the report beside it was written`,
      where: path,
      next: 'deploy the model again; or give the .tflite itself, which is measured without what the report foretells',
    });
  const graph = side.given;
  const names = graph.nodes.map(({ origin }, position) => side.layers[position] ?? origin);
  return {
    path,
    fileName: side.fileName,
    sha256: side.sha256,
    bytes: side.bytes,
    file: side.model,
    graph,
    layers: names,
    profile: profileOf(side.folder?.report),
    foretold: foretoldIn(side.folder?.report),
  };
}

function profileOf(report: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const profile = report?.['profile'] as { readonly id?: unknown } | undefined;
  return typeof profile?.id === 'string' ? profile.id : undefined;
}

function foretoldIn(report: Readonly<Record<string, unknown>> | undefined): Foretold | undefined {
  const memory = report?.['memory'] as { readonly arenaBytes?: unknown; readonly compiled?: unknown } | undefined;
  if (typeof memory?.arenaBytes !== 'number') return undefined;
  return { arenaBytes: memory.arenaBytes, isCompiled: typeof memory.compiled === 'object' && memory.compiled !== null };
}
