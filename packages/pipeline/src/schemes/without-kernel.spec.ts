// Where a layer has no kernel in the numbers of a scheme, the schemes that are named run, and no others are named.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from '../deploy.js';
import type { DeployRequest, Deployment } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel, type SmallModel } from '../testing/small-model.js';

const library = await readProfileFolder();
const host = deployHost('reference');
let small: SmallModel;
afterEach(() => small.remove());

function askedFor(changes: Partial<DeployRequest>): Promise<Deployment> {
  small = smallModel({ ...leftOpen, ...changes });
  const { graph } = casesOf('UNIDIRECTIONAL_SEQUENCE_LSTM').find(({ type }) => type.from === 'float32')!;
  const model = join(small.folder, 'lstm.tflite');
  writeFileSync(model, encode(graphToModel(graph)));
  return deploy({ ...small.request, model, calibration: undefined }, library, host, noProgress);
}

async function refusalOf(changes: Partial<DeployRequest>): Promise<WherryError> {
  try {
    await askedFor(changes);
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('it was let through');
}

it.each(['raspberry-pi-5', 'esp32'])('names schemes in which %s computes the layer', async (profile) => {
  const { definition, details } = await refusalOf({ profile, scheme: 'int8' });
  expect(definition.code).toBe('QUANT_NO_KERNEL');
  const named = [...details.next.matchAll(/--scheme ([\w-]+)/g)].map(([, scheme]) => scheme);
  expect(named).toContain('float32');
  for (const scheme of named) {
    const { place } = await askedFor({ profile, scheme: scheme as 'float32' });
    expect(place.scheme).toBe(scheme);
  }
});

it('says so where the runtime has no such operator in any scheme', async () => {
  const { definition, details } = await refusalOf({ profile: 'edge-tpu' });
  expect(definition.code).toBe('TARGET_CANNOT_RUN');
  expect(details.what).toMatch(/edgetpu has no UNIDIRECTIONAL_SEQUENCE_LSTM/);
  expect(details.next).not.toContain('--scheme');
});
