// Every row of the kernel tables in the runtime itself: a model of one operator loads, runs and gives what real numbers give;
// types that no row has are refused there, or known to run anyway.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  operatorOf,
  opKinds as allKinds,
  readsActivations,
  roleOf,
  weightedOperands,
  type DataType,
  type Graph,
  type OpKind,
} from '@wherry/graph';
import { checkGraph, usableRows, type Target } from '@wherry/profiles';
import { hostOn } from './host-on.js';
import { caseOfTypes, nameOfTypes, plainCase, typesOfRow, type RowTypes } from './row-graph.js';
import { runRows, type RowAnswer } from './row-batch.js';
import { knownBeyond } from './rows-beyond.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';

const runtimes = [
  { name: 'tflm-reference', from: '2026-08-20', oracle: 'micro' },
  { name: 'litert-xnnpack', from: '2.3.0', oracle: 'litert' },
  // The oldest that the table knows, which is what the profiles name: newer ones run more.
  { name: 'litert-xnnpack', from: '2.1.0', oracle: 'litert', folder: join(dirname(python), '../litert-2.1.0') },
] as const;

/** Those with a state are run in states.spec.ts, several times in a row. */
const opKinds = allKinds.filter(
  (kind) => !Array.from({ length: 24 }, (_, i) => roleOf(kind, i).role).includes('state'),
);

interface Asked {
  readonly kind: OpKind;
  readonly types: RowTypes;
  readonly graph: Graph;
  readonly answer: RowAnswer;
}

const dtypes: readonly DataType[] = ['float32', 'float16', 'int8', 'uint8', 'int16', 'int32', 'int64', 'bool'];
const withOwnOutput: readonly OpKind[] = ['CAST', 'QUANTIZE', 'DEQUANTIZE', 'SHAPE'];

/** Every combination of types that an operator's operands may have. */
function combinations(kind: OpKind): readonly RowTypes[] {
  if (weightedOperands(kind) === undefined) {
    const outputs = (from: DataType): readonly DataType[] => (withOwnOutput.includes(kind) ? dtypes : [from]);
    const types = dtypes.flatMap((activations) => outputs(activations).map((output) => ({ activations, output })));
    // What takes no scales has no more than one of them, and bytes that go through untouched keep what they stand for.
    if (!readsActivations(kind) || operatorOf(kind).traits.sameBytes === true) return types;
    return types.flatMap((one): readonly RowTypes[] => [one, { ...one, scales: 'per-axis' }]);
  }
  return (['float32', 'int8', 'uint8', 'int16'] as const).flatMap((activations) =>
    (['float32', 'int8', 'int4', 'uint8'] as const).flatMap((type) =>
      (['float32', 'int32', 'int64'] as const).flatMap((bias) =>
        (type === 'float32' ? ([undefined] as const) : (['per-tensor', 'per-axis'] as const)).map((granularity) => ({
          ...{ activations, weights: type, bias, output: activations },
          ...(granularity === undefined ? {} : { granularity }),
        })),
      ),
    ),
  );
}

/** Of a table's rows and of every combination, once each. */
function typesToAsk(target: Target, kind: OpKind): readonly RowTypes[] {
  const rows = (target.kernels.operators[operatorOf(kind).tflite.builtin]?.rows ?? []).flatMap(typesOfRow);
  return [...new Map([...rows, ...combinations(kind)].map((types) => [nameOfTypes(types), types])).values()];
}

function describeRuntime(runtime: (typeof runtimes)[number]): void {
  const target = hostOn(runtime);
  const asked: Asked[] = [];
  const reasonOf = ({ answer }: Asked): string => answer[runtime.oracle];
  const isStated = ({ graph }: Asked): boolean => checkGraph(target, graph).length === 0;
  const shown = (each: Asked): readonly string[] => [nameOfTypes(each.types), reasonOf(each)];

  beforeAll(() => {
    const questions = opKinds.flatMap((kind) => {
      const real = { activations: 'float32', weights: 'float32', bias: 'float32', output: 'float32' } as const;
      const fits = (graph: Graph): boolean =>
        checkGraph(target, graph).every(({ code }) => code !== 'PROFILE_LIMIT' && code !== 'PROFILE_KERNEL_FAULT');
      const one = plainCase(kind, (graph) => fits(graph));
      expect([kind, caseOfTypes(one, real).expected.length > 0]).toEqual([kind, true]);
      return typesToAsk(target, kind).map((types) => ({ kind, types, ...caseOfTypes(one, types) }));
    });
    const answers = runRows(python, questions, 'folder' in runtime ? runtime.folder : undefined);
    questions.forEach((question, i) => asked.push({ ...question, answer: answers[i]! }));
  }, 120_000);

  it.each(opKinds)('runs of %s what a row states, and rightly', (kind) => {
    const stated = asked.filter((each) => each.kind === kind && isStated(each));
    expect(stated.filter((each) => reasonOf(each) !== 'right').map(shown)).toEqual([]);
    const rows = usableRows(target, kind).flatMap(typesOfRow);
    expect(stated.length).toBeGreaterThanOrEqual(rows.length);
  });

  it.each(opKinds)('runs of %s nothing rightly that no row states, but what is known', (kind) => {
    const beyond = asked.filter((each) => each.kind === kind && !isStated(each) && reasonOf(each) === 'right');
    expect(beyond.filter(({ types }) => !knownBeyond(runtime.name, kind, types)).map(shown)).toEqual([]);
  });
}

if (python === '') {
  it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles');
} else {
  const isThere = (runtime: (typeof runtimes)[number]): boolean => !('folder' in runtime) || existsSync(runtime.folder);
  describe.each(runtimes.filter(isThere))('$name $from', describeRuntime);
  for (const { name, from } of runtimes.filter((runtime) => !isThere(runtime)))
    it.todo(`left out: ${name} ${from} is not there; bash tools/oracle/install.sh puts it beside the other oracles`);

  it('asks LiteRT of the oldest version that the table knows, and of the newest', () => {
    const { releases } = hostOn(runtimes[1]).kernels;
    const asked = runtimes.filter(({ name }) => name === 'litert-xnnpack').map(({ from }) => from);
    expect(asked).toEqual([releases.at(-1)!.version, releases[0]!.version]);
  });

  it('is refused by LiteRT where the version of the operator is above the one that the table knows, and only there', () => {
    const target = hostOn(runtimes[1]);
    const questions = opKinds.flatMap((kind) => {
      const { limits, rows } = target.kernels.operators[operatorOf(kind).tflite.builtin]!;
      const greatest = limits!.versions!.at(-1)!.max;
      const [types] = typesOfRow(rows[0]!);
      const one = caseOfTypes(
        plainCase(kind, () => true),
        types!,
      );
      return [greatest, greatest + 1].map((version) => ({ ...one, version, kind }));
    });
    const answers = runRows(python, questions);
    const found = questions.map(({ kind, version }, i) => [kind, version, /version/.test(answers[i]!.litert)]);
    expect(found).toEqual(questions.map(({ kind, version }, i) => [kind, version, i % 2 === 1]));
  }, 60_000);
}
