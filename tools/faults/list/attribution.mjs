// What is said of a loss is what was lost, and by what.
const src = 'packages/pipeline/src/attribution';

export const attribution = [
  {
    name: 'a range that is too wide taken for the rounding of activations',
    file: `${src}/cause-noise.ts`,
    find: "alone: of('only planned ranges') - of('only measured ranges'),\n    removed: of('all') - of('without planned ranges'),",
    replace: 'alone: 0,\n    removed: 0,',
    suite: `${src}/attribute.spec.ts`,
  },
  {
    name: 'a bias blamed for what it corrects',
    file: `${src}/cause-noise.ts`,
    find: "return both < (noise.get('only weight rounding') ?? 0) ? 'weight rounding' : 'bias';",
    replace: "return 'bias';",
    suite: `${src}/attribute.spec.ts`,
  },
  {
    name: 'a device that gives other integers taken for this host',
    file: `${src}/recorded-noise.ts`,
    find: 'isOther = true;',
    replace: 'isOther = false;',
    suite: `${src}/injected-faults.spec.ts`,
  },
];
