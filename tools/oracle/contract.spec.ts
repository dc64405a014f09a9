// The contract of every operator with the runtimes: the file that our writer makes of each case opens, gives what the reference gives,
// takes the arena that is estimated, and runs where the kernel table says so. WHERRY_ORACLE_RECORD=1 records the answers anew.
import { evaluate, opKinds, type OpKind, type Rounding, type TensorData } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { checkGraph } from '@wherry/profiles';
import { runContract, type ContractAnswer, type RuntimeAnswer } from './contract-batch.js';
import {
  arenaGoldensOf,
  goldensOf,
  isExact,
  readArenas,
  readGoldens,
  writeArenas,
  writeGoldens,
} from './contract-goldens.js';
import {
  litertDifference,
  litertFault,
  litertRefusal,
  microDifference,
  tableDifference,
  versionDifference,
} from './contract-differences.js';
import { hostOn } from './host-on.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const record = process.env['WHERRY_ORACLE_RECORD'] === '1';

/** Greatest distance of the outputs; of real numbers as a part of their size. */
function distance({ graph, feeds }: FilledCase, outputs: readonly TensorData[], rounding: Rounding): number {
  let worst = 0;
  evaluate(graph, feeds, { rounding }).forEach((expected, output) => {
    const answer = outputs[output]!;
    if (answer.length !== expected.length) worst = Infinity;
    const isReal = expected instanceof Float32Array;
    const size = isReal ? Math.max(1, ...Array.from(expected, Math.abs)) : 1;
    for (let i = 0; i < expected.length; i++) {
      const apart = Math.abs(Number(answer[i]) - Number(expected[i])) / size;
      if (!(apart <= worst)) worst = Number.isNaN(apart) ? Infinity : apart;
    }
  });
  return worst;
}

/** Of float32 arithmetic in another order. */
const realTolerance = 1e-5;

function differs(one: FilledCase, answer: RuntimeAnswer, rounding: Rounding, steps: number): boolean {
  if ('refused' in answer) return false;
  return !(distance(one, answer.outputs, rounding) <= (isExact(one) ? steps : realTolerance));
}

function contractOf(kind: OpKind, answersOf: (kind: OpKind) => readonly ContractAnswer[]): void {
  const cases = casesOf(kind);
  const wrong = (isWrong: (one: FilledCase, answer: ContractAnswer) => boolean): readonly object[] =>
    cases.flatMap((one, i) => {
      const { micro, litert, ...rest } = answersOf(kind)[i]!;
      return isWrong(one, answersOf(kind)[i]!) ? [{ name: one.name, micro, litert, ...rest }] : [];
    });

  it('gives in TFLite Micro what the reference gives', () => {
    expect(wrong((one, { micro }) => differs(one, micro, 'double', 0) && !microDifference(one))).toEqual([]);
    const known = cases.some(microDifference);
    const seen = cases.some((one, i) => microDifference(one) && differs(one, answersOf(kind)[i]!.micro, 'double', 0));
    expect(seen).toBe(known);
  });

  it('runs in TFLite Micro where the kernel table says so, and only there', () => {
    // The oracle is the newest that the table knows of.
    const target = hostOn({ name: 'tflm-reference', from: '2026-08-20' });
    const legal = (one: FilledCase): boolean => checkGraph(target, one.graph).length === 0;
    expect(wrong((one, { micro }) => 'outputs' in micro !== (legal(one) !== tableDifference(one)))).toEqual([]);
  });

  it('opens in LiteRT and gives what the reference gives', () => {
    expect(wrong((one, { litert }) => 'refused' in litert !== litertRefusal(one))).toEqual([]);
    const differsIn = (one: FilledCase, litert: RuntimeAnswer): boolean =>
      differs(one, litert, 'single', litertDifference(one));
    expect(wrong((one, { litert }) => differsIn(one, litert) && !litertFault(one))).toEqual([]);
    const known = cases.some(litertFault);
    expect(cases.some((one, i) => litertFault(one) && differsIn(one, answersOf(kind)[i]!.litert))).toBe(known);
  });

  it('has the version that TensorFlow gives it', () => {
    const other = wrong(
      (one, { version, tensorflowVersion: theirs }) => theirs !== null && theirs !== version && !versionDifference(one),
    );
    expect(other).toEqual([]);
  });

  it('takes the arena that is estimated, up to a tenth less', () => {
    const outside = wrong(({}, { micro, estimate, enough, tooSmall }) => {
      if ('refused' in micro) return false;
      const { usedBytes } = estimate;
      return !enough || tooSmall || usedBytes < micro.used! || usedBytes > 1.1 * micro.used!;
    });
    expect(outside).toEqual([]);
  });

  it('is recorded as the runtimes answer', () => {
    const goldens = goldensOf(cases, answersOf(kind));
    if (record) writeGoldens(kind, goldens);
    expect(readGoldens(kind)).toEqual(goldens);
  });
}

if (python === '') {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles');
} else {
  const answers = new Map<OpKind, readonly ContractAnswer[]>();
  beforeAll(() => {
    const all = opKinds.map((kind) => [kind, casesOf(kind)] as const);
    const given = runContract(
      python,
      all.flatMap(([, cases]) => cases),
    );
    let from = 0;
    for (const [kind, cases] of all) answers.set(kind, given.slice(from, (from += cases.length)));
  }, 300_000);

  it('has recorded what TFLite Micro takes', () => {
    const used = Object.fromEntries(opKinds.map((kind) => [kind, arenaGoldensOf(casesOf(kind), answers.get(kind)!)]));
    if (record) writeArenas(used);
    expect(readArenas()).toEqual(used);
  });

  describe.each(opKinds)('%s', (kind) => contractOf(kind, (of) => answers.get(of)!));
}
