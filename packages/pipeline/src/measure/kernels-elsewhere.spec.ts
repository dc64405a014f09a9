// What is advised where a layer has no kernel in C: each way leads somewhere.
import { kernelCalls } from '@wherry/c-compiler';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { findProfile } from '@wherry/profiles';
import { readProfiles } from '../inputs/profile-folder.js';
import { requireLegal } from '../target-rules.js';
import { orElsewhere } from './kernels-elsewhere.js';

/** Whole numbers divided, as some models count with. */
function division(): Graph {
  const builder = new GraphBuilder('one');
  const [counts, by] = [builder.input('counts', [1, 8], 'int32'), builder.input('by', [1, 8], 'int32')];
  return builder.finish([builder.add('DIV', [counts, by], { activation: 'NONE' }, { origin: 'likely' })]);
}

/** What is said where the model cannot be compiled. */
async function advised(graph: Graph, id: string): Promise<string> {
  const { library } = await readProfiles(id, undefined);
  const { profile } = findProfile(library, id);
  const model = {
    ...{ path: 'm.tflite', fileName: 'm.tflite', sha256: 'ab'.repeat(32), graph, layers: ['likely'] },
    ...{ profile: undefined, foretold: undefined },
  };
  try {
    orElsewhere(model, { profile, library }, () => kernelCalls(graph));
  } catch (error) {
    return (error as Error).message;
  }
  return 'compiled';
}

it('names the interpreter where that takes the file, and the float model where deploying the file would be refused', async () => {
  const graph = division();
  const { library } = await readProfiles('rp2040', undefined);
  expect(() => requireLegal(findProfile(library, 'rp2040'), graph)).not.toThrow();
  expect(await advised(graph, 'rp2040')).toMatch(
    /^COMPILED_KERNEL: .*DIV.*\n.*\n {2}next {2}deploy the float model that this file was made from with -p rp2040 --runtime compiled-c, and measure the output folder; or write firmware with the interpreter \(`deploy agent m.tflite -p rp2040 --runtime tflite-micro --out DIR --kit KIT`, of the kits arduino, zephyr, pico\)/,
  );
});

it('names no interpreter where the device has none', async () => {
  expect(await advised(division(), 'arduino-uno')).not.toContain('interpreter');
});

it('has real numbers quantized, which takes samples', async () => {
  const builder = new GraphBuilder('one');
  const scores = builder.input('scores', [1, 8], 'float16');
  const graph = builder.finish([builder.add('SOFTMAX', [scores], {}, { origin: 'likely' })]);
  expect(await advised(graph, 'arduino-uno')).toContain(
    'next  quantize it (`deploy m.tflite -p arduino-uno --runtime compiled-c -c SAMPLES`) and measure the output folder',
  );
});
