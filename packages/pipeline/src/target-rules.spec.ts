// What is made for a target is in the form that its runtime runs.
import { tensorAt } from '@wherry/graph';
import { deploy } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
const host = deployHost('reference');
let small: SmallModel;
afterEach(() => small.remove());

it.each([
  ['android-cpu', { scheme: 'int8', outputType: 'int16' }],
  ['raspberry-pi-5', { scheme: 'int16x8', inputType: 'int8' }],
] as const)('has no QUANTIZE from int8 to int16 on %s, whose runtime gained it later', async (profile, asked) => {
  small = smallModel({ profile, ...asked });
  const { quantized, steps } = await deploy(small.request, library, host, noProgress);
  const { graph } = quantized;
  const conversions = graph.nodes
    .filter(({ kind }) => kind === 'QUANTIZE')
    .map(({ inputs, outputs }) => [tensorAt(graph, inputs[0]!).dtype, tensorAt(graph, outputs[0]!).dtype].join(' to '));
  expect(conversions).toContain('float32 to int16');
  expect(conversions).not.toContain('int8 to int16');
  expect(steps.map(({ rewrite }) => rewrite)).toContain('convert-over-reals');
});

it('keeps it where the runtime has it', async () => {
  small = smallModel({ profile: 'esp32', scheme: 'int8', outputType: 'int16' });
  const { steps } = await deploy(small.request, library, host, noProgress);
  expect(steps.map(({ rewrite }) => rewrite)).not.toContain('convert-over-reals');
});
