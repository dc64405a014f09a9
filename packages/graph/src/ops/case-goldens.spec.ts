// Every operator's integer cases against the recorded answers of TFLite Micro, and of LiteRT where only that runs them.
import { readFileSync } from 'node:fs';
import { caseTypesOf, casesOf, fingerprintOf, typeName, type FilledCase } from '../cases/index.js';
import type { TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import type { Rounding } from '../op-definition.js';
import { operatorOf, opKinds, type OpKind } from './index.js';

interface Goldens {
  readonly micro: { readonly [fingerprint: string]: readonly string[] };
  readonly litert: { readonly [fingerprint: string]: readonly string[] };
  readonly none: readonly string[];
  readonly versions: { readonly [type: string]: readonly number[] };
  readonly unversioned: readonly string[];
}

function goldensOf(kind: OpKind): Goldens {
  const path = `../../fixtures/${kind.toLowerCase().replaceAll('_', '-')}/cases.json`;
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Goldens;
}

const isExact = ({ graph }: FilledCase): boolean => graph.outputs.every((id) => graph.tensors[id]!.dtype !== 'float32');

/** Types that no runtime computes: what they mean, the reference alone says. */
const withoutOracle: { readonly [K in OpKind]?: readonly string[] } = {
  MAXIMUM: ['bool'],
  MINIMUM: ['bool'],
  PACK: ['bool'],
  RESIZE_NEAREST_NEIGHBOR: ['int64'],
  SPLIT: ['bool'],
  UNPACK: ['int64'],
};

function distance({ graph, feeds }: FilledCase, recorded: readonly string[], rounding: Rounding): number {
  const outputs = evaluate(graph, feeds, { rounding });
  if (outputs.length !== recorded.length) return Infinity;
  return Math.max(
    ...outputs.map((output, i) => {
      const bytes = Uint8Array.from(Buffer.from(recorded[i]!, 'base64')).buffer;
      const answer: TensorData = new (output.constructor as new (buffer: ArrayBuffer) => TensorData)(bytes);
      if (answer.length !== output.length) return Infinity;
      return Array.from(answer as Int8Array).reduce(
        (most, value, at) => Math.max(most, Math.abs(Number(value) - Number(output[at]))),
        0,
      );
    }),
  );
}

describe.each(opKinds)('%s', (kind) => {
  const goldens = goldensOf(kind);
  const cases = casesOf(kind)
    .filter(isExact)
    .map((one) => ({ one, name: fingerprintOf(one) }));

  it('has an answer to every case, and to nothing else', () => {
    const recorded = [...Object.keys(goldens.micro), ...Object.keys(goldens.litert), ...goldens.none];
    // Where this fails the cases have changed: WHERRY_ORACLE_RECORD=1 npm run jest -- -c tools/oracle/jest.config.mjs contract
    expect(recorded.sort()).toEqual(cases.map(({ name }) => name).sort());
  });

  it('has an answer of a runtime for every type', () => {
    const answered = new Set(cases.flatMap(({ one, name }) => (goldens.none.includes(name) ? [] : [typeName(one)])));
    const types = new Set(cases.map(({ one }) => typeName(one)));
    expect([...types].filter((type) => !answered.has(type))).toEqual(withoutOracle[kind] ?? []);
    expect(types.size).toBeLessThanOrEqual(caseTypesOf(kind).length);
  });

  it('has the versions that TensorFlow gives it', () => {
    const ours: Record<string, number[]> = {};
    for (const one of casesOf(kind)) {
      const [node] = one.graph.nodes;
      const inputs = node!.inputs.map((id) => (id === null ? undefined : one.graph.tensors[id]));
      if (goldens.unversioned.includes(fingerprintOf(one))) continue;
      const outputs = node!.outputs.map((id) => one.graph.tensors[id]!);
      const version = operatorOf(kind).tflite.version({ attributes: node!.attributes, inputs, outputs });
      ours[typeName(one)] = [...new Set([...(ours[typeName(one)] ?? []), version])].sort((a, b) => a - b);
    }
    expect(Object.keys(ours).length).toBeGreaterThan(0);
    expect(ours).toEqual(goldens.versions);
  });

  it('gives the recorded integers', () => {
    const different = cases.flatMap(({ one, name }) => {
      const { micro, litert } = goldens;
      if (name in micro) return distance(one, micro[name]!, 'double') === 0 ? [] : [one.name];
      // Between 8-bit formats XNNPACK rounds once, in float32; products with 4-bit weights LiteRT rounds in a way of its own.
      const steps = (kind === 'QUANTIZE' && one.type.from === 'uint8') || one.type.weights === 'int4' ? 1 : 0;
      return name in litert && !(distance(one, litert[name]!, 'single') <= steps) ? [one.name] : [];
    });
    expect(different).toEqual([]);
  });
});
