// What the operators' files claim of them, on the values of every case.
import { activationBounds, quantizedActivationBounds, type FusedActivation } from '../arithmetic/activation.js';
import { casesOf, randomValues, type CaseRun, type FilledCase } from '../cases/index.js';
import type { TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import { tensorAt, type Graph, type Tensor } from '../ir.js';
import { kernelFor } from '../kernel-for.js';
import type { Operand } from '../op-definition.js';
import { broadcastStrides, stridesOf } from '../shape.js';
import { operatorOf, opKinds, type OpKind } from './index.js';

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a), Math.abs(b));
const inputsOf = ({ graph }: CaseRun): (Tensor | undefined)[] =>
  graph.nodes[0]!.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
const outputsOf = ({ graph }: CaseRun): Tensor[] => graph.outputs.map((id) => tensorAt(graph, id));
const withFeed = ({ graph, feeds }: CaseRun, position: number, feed: TensorData): TensorData[] =>
  evaluate(graph, feeds.with(position, feed));
const activationOf = ({ nodes }: Graph): FusedActivation =>
  (nodes[0]!.attributes as { readonly activation?: FusedActivation }).activation ?? 'NONE';

/** Kinds with a trait, with those of their cases that can show it. */
function claiming(
  has: (kind: OpKind) => boolean,
  fits: (one: FilledCase) => boolean = () => true,
): (readonly [OpKind, readonly FilledCase[]])[] {
  return opKinds.filter(has).map((kind) => [kind, casesOf(kind).filter(fits)] as const);
}
const traits = (kind: OpKind) => operatorOf(kind).traits;
const isFloat = ({ type }: FilledCase): boolean => type.from === 'float32' && (type.to ?? 'float32') === 'float32';
const feedsFirst = (one: FilledCase): boolean => inputsOf(one)[0]!.data === undefined;
/** 64-bit integers are bigints, which differ in nothing that is asked of them here. */
const listOf = (values: TensorData): number[] => Array.from(values as Float32Array);

it.each(claiming((kind) => traits(kind).elementwise === true, feedsFirst))(
  '%s works element by element',
  (_, cases) => {
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) {
      const [output] = outputsOf(one);
      const before = listOf(evaluate(one.graph, one.feeds)[0]!);
      const values = one.feeds[0] as Float32Array;
      const place = Math.floor(values.length / 2);
      const changed = listOf(withFeed(one, 0, values.with(place, values[(place + 1) % values.length]!))[0]!);
      const strides = broadcastStrides(inputsOf(one)[0]!.shape, output!.shape);
      const own = stridesOf(output!.shape);
      const readsPlace = (i: number): boolean =>
        strides.reduce((at, stride, d) => at + stride * (Math.floor(i / own[d]!) % output!.shape[d]!), 0) === place;
      const elsewhere = before.filter((value, i) => !readsPlace(i) && !Object.is(value, changed[i]));
      expect([one.name, elsewhere]).toEqual([one.name, []]);
    }
  },
);

it.each(claiming((kind) => traits(kind).movesDataOnly === true))('%s passes values unchanged', (_, cases) => {
  for (const { graph, feeds, name, ...rest } of cases) {
    const zero = outputsOf({ graph, feeds, ...rest })[0]!.quantization?.zeroPoint[0] ?? 0;
    const known = new Set(
      [...feeds, ...graph.tensors.map(({ data }) => data ?? [])].flatMap((values) => [...values].map(String)),
    );
    const made = evaluate(graph, feeds).flatMap((values) => [...values].map(String));
    expect([name, made.filter((value) => !known.has(value) && value !== String(zero))]).toEqual([name, []]);
  }
});

it.each(claiming((kind) => traits(kind).sameBytes === true))('%s keeps the very bytes', (_, cases) => {
  for (const { graph, feeds, name } of cases) expect([name, evaluate(graph, feeds)[0]]).toEqual([name, feeds[0]]);
});

const homogeneous = (one: FilledCase): boolean => ['NONE', 'RELU'].includes(activationOf(one.graph));
const sameChannels = (one: FilledCase): boolean =>
  inputsOf(one)[0]!.shape.length > 0 && inputsOf(one)[0]!.shape.at(-1) === outputsOf(one)[0]!.shape.at(-1);

it.each(
  claiming(
    (kind) => traits(kind).scalesChannels !== undefined,
    (one) =>
      isFloat(one) &&
      feedsFirst(one) &&
      homogeneous(one) &&
      sameChannels(one) &&
      traits(one.kind).scalesChannels!(inputsOf(one)),
  ),
)('%s scales channels', (_, cases) => {
  expect(cases.some((one) => inputsOf(one)[0]!.shape.at(-1)! > 1)).toBe(true);
  for (const one of cases) {
    const channels = inputsOf(one)[0]!.shape.at(-1)!;
    const random = randomValues(one.name);
    const factors = Array.from({ length: channels }, () => 0.1 + 5 * random());
    const scaled = (one.feeds[0] as Float32Array).map((value, i) => value * factors[i % channels]!);
    const before = evaluate(one.graph, one.feeds)[0] as Float32Array;
    const after = withFeed(one, 0, scaled)[0] as Float32Array;
    const wrong = Array.from(after).filter((value, i) => !close(value, before[i]! * factors[i % channels]!));
    expect([one.name, wrong]).toEqual([one.name, []]);
  }
});

it.each(
  claiming(
    (kind) => traits(kind).acceptsFusedActivation === true,
    (one) => (isFloat(one) || one.type.from === 'int8') && activationOf(one.graph) !== 'NONE',
  ),
)('%s with a fused activation is that operator and a clamp', (_, cases) => {
  expect(new Set(cases.map(({ graph }) => activationOf(graph))).size).toBe(3);
  for (const { graph, feeds, name, type } of cases) {
    const [node] = graph.nodes;
    const bare = { ...graph, nodes: [{ ...node!, attributes: { ...node!.attributes, activation: 'NONE' } }] } as Graph;
    const { quantization } = tensorAt(graph, graph.outputs[0]!);
    const [low, high] =
      type.from === 'int8'
        ? quantizedActivationBounds(activationOf(graph), 'int8', quantization!)
        : activationBounds(activationOf(graph));
    const clamped = (evaluate(bare, feeds)[0] as Float32Array).map((value) => Math.min(high, Math.max(low, value)));
    expect([name, evaluate(graph, feeds)[0]]).toEqual([name, clamped]);
  }
});

it.each(opKinds)('%s has an activation attribute exactly where one may be fused', (kind) => {
  // The format gives CONCATENATION one, which no runtime takes, TRANSPOSE_CONV one, which not all do,
  // and SVDF one, which none does in integers.
  const has = 'activation' in operatorOf(kind).defaults && !['CONCATENATION', 'SVDF', 'TRANSPOSE_CONV'].includes(kind);
  expect(traits(kind).acceptsFusedActivation === true).toBe(has);
});

it.each(claiming((kind) => traits(kind).mayRunInPlace === true))('%s may write over an input', (_, cases) => {
  let shared = 0;
  for (const one of cases) {
    const [node] = one.graph.nodes;
    const expected = evaluate(one.graph, one.feeds)[0]!;
    const [output] = outputsOf(one);
    inputsOf(one).forEach((input, position) => {
      if (input === undefined || input.data !== undefined) return;
      const values = one.graph.tensors.map(({ data }) => data);
      one.graph.inputs.forEach((id, i) => (values[id] = one.feeds[i]!.slice() as TensorData));
      const operands = node!.inputs.map((id): Operand | undefined =>
        id === null ? undefined : { ...tensorAt(one.graph, id), data: values[id]! },
      );
      const over = operands[position]!.data;
      if (over.length !== expected.length || over.constructor !== expected.constructor) return;
      shared += 1;
      const results: Operand[] = [{ ...output!, data: over }];
      const context = { attributes: node!.attributes, inputs: operands, outputs: results, rounding: 'double' as const };
      kernelFor(node!, operands, results)(context);
      expect([one.name, over]).toEqual([one.name, expected]);
    });
  }
  expect(shared).toBeGreaterThan(0);
});

it.each(claiming((kind) => traits(kind).scores !== undefined, isFloat))('%s gives scores', (kind, cases) => {
  for (const { graph, feeds, name } of cases) {
    const scores = Array.from(evaluate(graph, feeds)[0] as Float32Array);
    expect([name, scores.filter((score) => !(score >= 0 && score <= 1))]).toEqual([name, []]);
    if (traits(kind).scores !== 'rows') continue;
    const depth = tensorAt(graph, graph.outputs[0]!).shape.at(-1)!;
    for (let row = 0; row < scores.length; row += depth)
      expect(scores.slice(row, row + depth).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
  }
});
