// Any byte of a file changed: what is then called the same has the same tables, held against each other in another way.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { decode, encode, type TfliteModel } from '@wherry/tflite-writer';
import { describeShared, sharedPath } from '@wherry/testing';
import { noProgress } from '../progress.js';
import { modelFolder, twoHeads } from '../testing/changed-model.js';
import { diffModels } from './diff-models.js';
import { diffText } from './diff-text.js';

const folder = modelFolder();
afterAll(() => folder.remove());

/** All but names, metadata, notes of ranges, and where in the file things stand. */
function meaningOf(model: TfliteModel): string {
  const subgraphs = model.subgraphs?.map((subgraph) => ({
    ...subgraph,
    name: null,
    operators: subgraph.operators?.map((operator) => ({
      ...operator,
      opcode_index: model.operator_codes?.[operator.opcode_index],
      debug_metadata_index: null,
    })),
    tensors: subgraph.tensors?.map((tensor) => ({
      ...tensor,
      name: null,
      buffer: Buffer.from(model.buffers?.[tensor.buffer]?.data ?? []).toString('hex'),
      quantization: { ...tensor.quantization, min: undefined, max: undefined },
    })),
    debug_metadata_index: null,
  }));
  return JSON.stringify([subgraphs, model.signature_defs], (_, value: unknown) => {
    if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
    return Object.is(value, -0) ? '-0' : value;
  });
}

function decoded(bytes: Uint8Array): TfliteModel | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof WherryError) return undefined;
    throw error;
  }
}

it('calls no file the same that is not, and none different that is the same', async () => {
  const a = folder.write('a.tflite', twoHeads);
  const bytes = encode(twoHeads);
  const meaning = meaningOf(decode(bytes));
  const b = join(folder.path, 'b.tflite');
  const seen = { same: 0, different: 0, refused: 0 };
  const wrong: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const copy = Uint8Array.from(bytes);
    copy[at]! ^= 1 << (at % 8);
    const model = decoded(copy);
    seen[model === undefined ? 'refused' : meaningOf(model) === meaning ? 'same' : 'different'] += 1;
    if (model === undefined) continue;
    writeFileSync(b, copy);
    const difference = await diffModels({ a, b }, noProgress);
    if ((difference.verdict === 'same-graph') !== (meaningOf(model) === meaning)) wrong.push(`byte ${at}`);
    expect(diffText(difference)).toMatch(/^a /);
  }
  expect(wrong).toEqual([]);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
}, 60_000);

describeShared('models in circulation, written again', () => {
  const greatestBytes = 400_000;
  const root = sharedPath('models');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tflite') && statSync(join(root, name)).size <= greatestBytes)
    .sort();

  it('are the same graph', async () => {
    const found: string[] = [];
    for (const name of files) {
      const again = join(folder.path, 'again.tflite');
      writeFileSync(again, encode(decode(readFileSync(join(root, name)))));
      const { verdict } = await diffModels({ a: join(root, name), b: again }, noProgress);
      if (verdict !== 'same-graph' && verdict !== 'same-bytes') found.push(`${name}: ${verdict}`);
    }
    expect(files.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  }, 60_000);
});
