// Every layout of every example, called as people call their models: written by the built command, and built by its build
// system or by what stands in for it. WHERRY_LAYOUTS=long builds every combination; otherwise every two values meet in one.
import { layoutNames } from '@wherry/pipeline/tool';
import { buildFolder, describeCompiled } from '../testing/src/index.js';
import { awkwardNames } from './awkward-names.js';
import { everyCombination, pairsOf, pairwise, type Combination } from './combinations.js';
import { deploy, exampleFolder, quantizedExamples, type Examples } from './deployed-example.js';
import { kits } from './kits/index.js';
import { metadataFaults } from './rules/index.js';
import { inFolder } from './tflite-micro.js';

const isLong = process.env['WHERRY_LAYOUTS'] === 'long';
const combinations = isLong ? everyCombination : pairwise(everyCombination);

it('builds for every layout', () => {
  expect(Object.keys(kits).sort()).toEqual([...layoutNames].sort());
});

it('has every two values in one combination', () => {
  const pairs = (all: readonly Combination[]): Set<string> => new Set(all.flatMap(pairsOf));
  expect(pairs(combinations)).toEqual(pairs(everyCombination));
});

const refused = Object.entries(awkwardNames).filter(([name, advised]) => name !== advised);

it.each(refused)('advises another name for the model %s', (name, advised) => {
  const asked = () =>
    deploy(exampleFolder('sine'), [
      'sine',
      '--profile',
      'rp2040',
      '--layout',
      'cmake',
      '--name',
      name,
      '--out',
      'build/refused',
    ]);
  expect(asked).toThrow(`use for example --name ${advised}`);
});

let examples: Examples;
beforeAll(() => (examples = quantizedExamples()));
afterAll(() => examples.remove());

describe.each(layoutNames)('the layout %s', (layout) => {
  const kit = kits[layout];
  const ofLayout = combinations.filter((each) => each.layout === layout);
  describeCompiled(
    'of the model',
    () => {
      it.each(ofLayout)(
        '$name of $example with runtime $runtime',
        ({ example, name: fileName, runtime }) => {
          const name = awkwardNames[fileName];
          const isCompiled = runtime === 'compiled-c';
          const library = examples.deployed({ example, fileName, name, profile: kit.profile, layout, isCompiled });
          expect(metadataFaults[layout](library, name)).toEqual([]);
          const folder = buildFolder();
          try {
            folder.write(inFolder(library.folder, library.files));
            const printed = kit.build(folder, library, { name, isCompiled });
            // What is built for an Arm core is not run.
            const isRun = !kit.needs.includes('arm-none-eabi');
            expect(printed).toBe(isRun ? `${name}: the known answers are right (0)\n` : undefined);
          } finally {
            folder.remove();
          }
        },
        60_000,
      );
    },
    kit.needs,
  );
});
