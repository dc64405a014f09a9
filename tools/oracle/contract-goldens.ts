// The recorded answers of the runtimes to every operator's integer cases, as packages/graph/fixtures holds them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpKind, TensorData } from '@wherry/graph';
import { fingerprintOf, typeName, type FilledCase } from '@wherry/graph/cases';
import type { ContractAnswer } from './contract-batch.js';
import { microDifference, versionDifference } from './contract-differences.js';

/** By a case's fingerprint: its outputs, base64; of LiteRT where TFLite Micro does not run the case, or not rightly. */
export interface CaseGoldens {
  readonly micro: { readonly [fingerprint: string]: readonly string[] };
  readonly litert: { readonly [fingerprint: string]: readonly string[] };
  readonly none: readonly string[];
  /** The operator versions of all cases of a type, real numbers included. */
  readonly versions: { readonly [type: string]: readonly number[] };
  /** But these, of which TensorFlow makes something else. */
  readonly unversioned: readonly string[];
}

/** Real numbers are compared within a tolerance where the runtimes are; what is recorded is compared bit for bit. */
export function isExact({ graph }: FilledCase): boolean {
  return graph.outputs.every((id) => graph.tensors[id]!.dtype !== 'float32');
}

export function goldensOf(cases: readonly FilledCase[], answers: readonly ContractAnswer[]): CaseGoldens {
  const micro: Record<string, readonly string[]> = {};
  const litert: Record<string, readonly string[]> = {};
  const none: string[] = [];
  cases.forEach((one, i) => {
    if (!isExact(one)) return;
    const answer = answers[i]!;
    const name = fingerprintOf(one);
    if ('outputs' in answer.micro && !microDifference(one)) micro[name] = answer.micro.outputs.map(textOf);
    else if ('outputs' in answer.litert) litert[name] = answer.litert.outputs.map(textOf);
    else none.push(name);
  });
  return { micro, litert, none, ...versionsOf(cases, answers) };
}

function versionsOf(
  cases: readonly FilledCase[],
  answers: readonly ContractAnswer[],
): Pick<CaseGoldens, 'versions' | 'unversioned'> {
  const versions: Record<string, readonly number[]> = {};
  const unversioned: string[] = [];
  cases.forEach((one, i) => {
    const { tensorflowVersion: version } = answers[i]!;
    const type = typeName(one);
    if (version === null || versionDifference(one)) unversioned.push(fingerprintOf(one));
    else versions[type] = [...new Set([...(versions[type] ?? []), version])].sort((a, b) => a - b);
  });
  return { versions, unversioned };
}

/** Bytes that TFLite Micro takes, by fingerprint: of some cases of each type, spread over all. */
export type ArenaGoldens = { readonly [fingerprint: string]: number };

const arenasPerType = 4;

export function arenaGoldensOf(cases: readonly FilledCase[], answers: readonly ContractAnswer[]): ArenaGoldens {
  const used: Record<string, number> = {};
  const types = new Set(cases.map(typeName));
  for (const type of types) {
    const run = cases.flatMap((one, i) => {
      const { micro } = answers[i]!;
      return typeName(one) === type && 'outputs' in micro ? [{ one, bytes: micro.used! }] : [];
    });
    const step = Math.max(1, Math.floor(run.length / arenasPerType));
    run
      .filter((_, i) => i % step === 0)
      .slice(0, arenasPerType)
      .forEach(({ one, bytes }) => (used[fingerprintOf(one)] = bytes));
  }
  return used;
}

const arenas = fileURLToPath(new URL('../../packages/memory-planner/fixtures/operator-arenas.json', import.meta.url));

export function readArenas(): { readonly [kind: string]: ArenaGoldens } {
  return JSON.parse(readFileSync(arenas, 'utf8')) as { readonly [kind: string]: ArenaGoldens };
}

export function writeArenas(goldens: { readonly [kind: string]: ArenaGoldens }): void {
  const rows = Object.entries(goldens).map(([kind, used]) => `"${kind}": ${JSON.stringify(used)}`);
  writeFileSync(arenas, `{\n${rows.join(',\n')}\n}\n`);
}

export function readGoldens(kind: OpKind): CaseGoldens {
  return JSON.parse(readFileSync(pathOf(kind), 'utf8')) as CaseGoldens;
}

export function writeGoldens(kind: OpKind, { micro, litert, none, versions, unversioned }: CaseGoldens): void {
  const rows = (answers: CaseGoldens['micro']): string =>
    Object.entries(answers)
      .map(([name, outputs]) => `"${name}": ${JSON.stringify(outputs)}`)
      .join(',\n');
  mkdirSync(dirname(pathOf(kind)), { recursive: true });
  writeFileSync(
    pathOf(kind),
    `{ "micro": {\n${rows(micro)}\n}, "litert": {\n${rows(litert)}\n}, "none": ${JSON.stringify(none)}, "versions": ${JSON.stringify(versions)}, "unversioned": ${JSON.stringify(unversioned)} }\n`,
  );
}

function pathOf(kind: OpKind): string {
  const folder = kind.toLowerCase().replaceAll('_', '-');
  return fileURLToPath(new URL(`../../packages/graph/fixtures/${folder}/cases.json`, import.meta.url));
}

function textOf({ buffer, byteOffset, byteLength }: TensorData): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}
