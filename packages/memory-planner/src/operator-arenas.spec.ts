// The arena of every operator alone against what TFLite Micro takes, as tools/oracle/contract.spec.ts has recorded it.
import { readFileSync } from 'node:fs';
import { operatorOf, opKinds } from '@wherry/graph';
import { casesOf, fingerprintOf } from '@wherry/graph/cases';
import { planMemory } from './plan-memory.js';

const recorded = JSON.parse(readFileSync(new URL('../fixtures/operator-arenas.json', import.meta.url), 'utf8')) as {
  readonly [kind: string]: { readonly [fingerprint: string]: number };
};

it.each(opKinds)('%s takes what is estimated, or up to a tenth less', (kind) => {
  const known = new Map(Object.entries(recorded[kind]!));
  const wrong: object[] = [];
  for (const one of casesOf(kind)) {
    const used = known.get(fingerprintOf(one));
    if (used === undefined) continue;
    known.delete(fingerprintOf(one));
    const target = { runtime: 'tflm-reference', pointerBytes: 8, alignment: 16 } as const;
    const { usedBytes } = planMemory(one.graph, target, { searchSteps: 1 }).estimate;
    if (usedBytes < used || usedBytes > 1.1 * used) wrong.push({ case: one.name, used, estimated: usedBytes });
  }
  expect(wrong).toEqual([]);
  // Where some are left the cases have changed: record the answers anew.
  expect([...known.keys()]).toEqual([]);
  expect(Object.keys(recorded[kind]!).length > 0).toBe(operatorOf(kind).tflm !== null);
});
