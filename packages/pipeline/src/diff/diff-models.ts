// Compares two models: read `diffModels`, every part of the document is a line of it.
import type { Target } from '@wherry/profiles';
import type { ProgressSink } from '../progress.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { toldApart } from '../inputs/told-apart.js';
import { compareArena } from './compare-arena.js';
import { compareMetadata } from './compare-metadata.js';
import { compareOutputs, type OutputsRequest } from './compare-outputs.js';
import { compareSignatures } from './compare-signatures.js';
import { compareSizes } from './compare-sizes.js';
import { compareSubgraphs, isSame, type ComparedSubgraphs } from './compare-subgraphs.js';
import { deviceEffect } from './device-effect.js';
import type { DiffSide, DiffVerdict, FileRow, LeftOut, ModelDifference } from './document.js';
import { mainSubgraph } from './main-subgraph.js';
import { notCompared, valuesElsewhere } from './not-compared.js';
import { isCode } from './is-code.js';
import { rawGraphs, type RawGraph } from './raw-graph.js';
import { readSide, type Side, type SideRefusals } from './read-side.js';

export interface DiffRequest {
  /** Each a .tflite file or an output folder of this tool. */
  readonly a: string;
  readonly b: string;
  readonly target?: Target | undefined;
  /** The same device for models that are code; without it they are held against the kernels of `target`. */
  readonly codeTarget?: Target | undefined;
  readonly outputs?: OutputsRequest | undefined;
}

const refusals: SideRefusals = {
  folder: pipelineDiagnostics.DIFF_FOLDER,
  file: pipelineDiagnostics.DIFF_NOT_TFLITE,
  next: {
    folder: 'give an output folder of deploy, or the .tflite file itself',
    file: 'give a .tflite file or an output folder of deploy; `deploy inspect` shows what is in other models',
  },
};

/** Throws what reading the two throws, and what the data is refused for. Whatever else cannot be compared is said in `leftOut`. */
export async function diffModels(request: DiffRequest, progress: ProgressSink): Promise<ModelDifference> {
  const [a, b] = [await readSide(request.a, refusals), await readSide(request.b, refusals)];
  const leftOut: LeftOut[] = [...notCompared(a, 'a'), ...notCompared(b, 'b')];
  const [own, other] = [rawGraphs(a.model, a.layers), rawGraphs(b.model, b.layers)];
  const both = Math.min(own.length, other.length);
  const compared = own.slice(0, both).map((graph, i) => compareSubgraphs(graph, other[i]!));
  const signatures = compareSignatures(a.model, b.model);
  const verdict = verdictOf(a, b, compared, own.length === other.length && signatures.length === 0, leftOut);
  const main = mainOf(a, b, compared);
  const target = targetOf(request, a, b);
  const arena = compareArena(a, b, target, leftOut);
  const files = fileRows(a, b);
  const effect = deviceEffect(a, b, target, { verdict, arena, main: main?.difference });
  const outputs =
    request.outputs === undefined ? undefined : await outputsOf(a, b, main, request.outputs, leftOut, progress);
  return {
    schemaVersion: 1,
    ok: true,
    verdict,
    differs:
      verdict === 'different' ||
      verdict === 'unknown' ||
      arena.carriedPlanChanged ||
      files.some((row) => row.a?.sha256 !== row.b?.sha256),
    a: sideOf(a, toldApart(a.path, b.path)[0]),
    b: sideOf(b, toldApart(b.path, a.path)[0]),
    subgraphs: compared.map(({ difference }) => difference),
    subgraphsOnlyIn: { a: namesFrom(own, both), b: namesFrom(other, both) },
    signatures,
    sizes: compareSizes(a, b),
    files,
    metadata: compareMetadata(a, b),
    arena,
    effect,
    ...(outputs !== undefined && { outputs }),
    leftOut,
  };
}

/** What a firmware of `a` runs: where `a` is a mere file, what one of `b` does. */
function targetOf({ target, codeTarget }: DiffRequest, a: Side, b: Side): Target | undefined {
  return isCode(a) || (a.folder === undefined && isCode(b)) ? (codeTarget ?? target) : target;
}

function verdictOf(
  a: Side,
  b: Side,
  compared: readonly ComparedSubgraphs[],
  restIsSame: boolean,
  leftOut: readonly LeftOut[],
): DiffVerdict {
  if (a.sha256 === b.sha256) return 'same-bytes';
  if (!restIsSame || compared.some(({ difference }) => !isSame(difference))) return 'different';
  return leftOut.some(({ what }) => what === valuesElsewhere) || compared.length === 0 ? 'unknown' : 'same-graph';
}

/** Undefined where the two mean different ones. */
function mainOf(a: Side, b: Side, compared: readonly ComparedSubgraphs[]): ComparedSubgraphs | undefined {
  const [own, other] = [mainSubgraph(a.model), mainSubgraph(b.model)];
  return own === other ? compared[own] : undefined;
}

async function outputsOf(
  a: Side,
  b: Side,
  main: ComparedSubgraphs | undefined,
  request: OutputsRequest,
  leftOut: LeftOut[],
  progress: ProgressSink,
): Promise<ModelDifference['outputs']> {
  if (main !== undefined) return compareOutputs(a, b, main.graphs, request, leftOut, progress);
  leftOut.push({ what: 'outputs on the samples', side: 'both', why: 'the files run different subgraphs' });
  return null;
}

function namesFrom(graphs: readonly RawGraph[], from: number): readonly string[] {
  return graphs.slice(from).map(({ name }, i) => name || `subgraph ${from + i}`);
}

function sideOf({ fileName, sha256, bytes, folder }: Side, called: string): DiffSide {
  return { file: fileName, called, sha256, bytes: bytes.length, folder: folder !== undefined };
}

/** Where both are folders. */
function fileRows(a: Side, b: Side): readonly FileRow[] {
  if (a.folder === undefined || b.folder === undefined) return [];
  const [own, other] = [a.folder.files, b.folder.files];
  return [...new Set([...own.keys(), ...other.keys()])]
    .sort()
    .map((name) => ({ name, a: own.get(name) ?? null, b: other.get(name) ?? null }));
}
