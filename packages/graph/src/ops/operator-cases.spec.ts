// Every case of every operator on the reference: it is sound, reaches every kernel, and its integers stand for its real numbers.
import { caseTypesOf, casesOf, type FilledCase } from '../cases/index.js';
import { dequantized } from '../cases/case-values.js';
import { evaluate } from '../evaluate.js';
import { tensorAt } from '../ir.js';
import { typesOf } from '../kernel-for.js';
import { outputRule, readsActivations } from '../operands-of.js';
import { operatorOf, opKinds } from './index.js';

/** Steps of the output that an integer result may lie beside the real one: what the fixed-point approximations lose. */
const tolerance = 2;
/** Of int16 functions that are looked up in tables: of 32768 steps. */
const lookedUp = 20;

/** Where int16 operands are brought to one scale without bits to spare, before their difference is squared. */
const squaredWithoutRoom = 8;

/** Where a state of 8 bits is rounded to in between. */
const keptIn8Bits = 40;

function toleranceOf({ kind, type, graph }: FilledCase): number {
  if (kind === 'SVDF' && graph.tensors[graph.nodes[0]!.inputs[4]!]!.dtype === 'int8') return keptIn8Bits;
  if (kind === 'SQUARED_DIFFERENCE' && type.from === 'int16') return squaredWithoutRoom;
  return type.from === 'int16' && outputRule(kind).from === 'fixed' ? lookedUp : tolerance;
}

function farthest({ graph, feeds, real }: FilledCase): number {
  const [integers, reals] = [evaluate(graph, feeds), evaluate(real!.graph, real!.feeds)];
  let worst = 0;
  graph.outputs.forEach((id, output) => {
    const { shape, quantization, dtype } = tensorAt(graph, id);
    if (quantization === undefined) {
      integers[output]!.forEach(
        (value, i) => (worst = Math.max(worst, Math.abs(Number(value) - Number(reals[output]![i])))),
      );
      return;
    }
    const scale = quantization.scale[0]!;
    const [low, high] = dtype === 'int8' ? [-128, 127] : [-32768, 32767];
    dequantized(integers[output]!, shape, quantization).forEach((value, i) => {
      const wanted = Number(reals[output]![i]);
      const held = Math.min(
        (high - quantization.zeroPoint[0]!) * scale,
        Math.max((low - quantization.zeroPoint[0]!) * scale, wanted),
      );
      worst = Math.max(worst, Math.abs(value - held) / scale);
    });
  });
  return worst;
}

describe.each(opKinds)('%s', (kind) => {
  const cases = casesOf(kind);

  it('has cases of different names for every type that its kernels take', () => {
    const { kernels } = operatorOf(kind);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    // One that reads no values (SHAPE, CAST) chooses its kernel by its output.
    const chosenBy = ({ from, to = from }: FilledCase['type']) => (readsActivations(kind) ? from : to);
    const tried = new Set(caseTypesOf(kind).map(chosenBy));
    if (kind !== 'SHAPE') expect([...tried].sort()).toEqual([...typesOf(kernels)].sort());
  });

  it('gives integers that stand for its real numbers', () => {
    const far = cases
      .filter(({ real }) => real !== undefined)
      .map((one) => ({ name: one.name, steps: farthest(one), limit: toleranceOf(one) }))
      .filter(({ steps, limit }) => !(steps <= limit));
    expect(far).toEqual([]);
  });
});
