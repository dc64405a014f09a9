// Files in which tensors share vectors of zero points and scales, damaged: refused, or sound as far as kernels read them.
import { WherryError } from '@wherry/graph';
import { changed, exampleModel } from '../example-model.js';
import { decode } from '../decode/decode.js';
import { encode } from '../encode/encode.js';
import { verify } from './verify-model.js';

/** Filter and bias share their zero points, and all activations theirs. */
const shared = encode(
  changed(exampleModel, ['subgraphs', 0, 'tensors', 2, 'quantization'], {
    scale: [0.125, 0.25, 0.5],
    zero_point: [0n, 0n, 0n],
  }),
);

/** Places at which a vector of zero points or scales begins, from the tables themselves. */
function offsetsTo(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const targets = new Map<number, number[]>();
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const target = at + view.getUint32(at, true);
    if (target + 4 <= bytes.byteLength && target > at) targets.set(target, [...(targets.get(target) ?? []), at]);
  }
  return [...targets].filter(([, from]) => from.length > 1).map(([target]) => target);
}

/** `refused`, or what is wrong with what was accepted. */
function judge(bytes: Uint8Array): string {
  let model;
  try {
    model = verify(bytes, { alignedData: true });
  } catch (error) {
    if (error instanceof WherryError) return 'refused';
    throw error;
  }
  for (const { tensors } of model.subgraphs ?? [])
    for (const { name, quantization } of tensors ?? []) {
      const { scale = [], zero_point: zeroPoint = [] } = quantization ?? {};
      if (scale.length > 0 && zeroPoint.length > 0 && scale.length !== zeroPoint.length)
        return `${name}: ${scale.length} scales and ${zeroPoint.length} zero points`;
      if (scale.some((each) => !(each > 0 && each < Infinity))) return `${name}: a scale of no number`;
    }
  return 'sound';
}

describe('shared vectors', () => {
  it('are there: the verifier accepts them', () => {
    expect(offsetsTo(shared).length).toBeGreaterThan(2);
    expect(judge(shared)).toBe('sound');
    const [, filter, bias] = decode(shared).subgraphs![0]!.tensors!;
    expect(bias!.quantization!.zero_point).toEqual(filter!.quantization!.zero_point);
  });

  it('are refused or sound wherever an offset leads instead', () => {
    const seen = new Map<string, number>();
    const targets = offsetsTo(shared);
    for (let at = 0; at + 4 <= shared.byteLength; at += 4) {
      const ways = [...targets.flatMap((target) => [target, target + 4, target - 4]), shared.byteLength - 4];
      for (const target of ways.filter((way) => way > at)) {
        const bytes = shared.slice();
        new DataView(bytes.buffer).setUint32(at, target - at, true);
        const answer = judge(bytes);
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].sort()).toEqual(['refused', 'sound']);
    expect(seen.get('refused')).toBeGreaterThan(100);
  });

  it('are refused or sound whatever length they claim', () => {
    for (const target of offsetsTo(shared)) {
      for (const length of [0, 1, 2, 4, 1 << 16, 2 ** 31, 2 ** 32 - 1]) {
        const bytes = shared.slice();
        new DataView(bytes.buffer).setUint32(target, length, true);
        expect(['refused', 'sound']).toContain(judge(bytes));
      }
    }
  });
});
