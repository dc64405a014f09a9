// trainings that go on otherwise than they would have.

export const training = [
  {
    name: 'a training held against weights that were found for the samples held back',
    file: 'packages/pipeline/src/training/train-made.ts',
    find: '!keys.has(sampleKey(inputs))',
    replace: 'true',
    suite: 'packages/pipeline/src/training/training.spec.ts',
  },
  {
    name: 'swings of weights forgotten where a training goes on',
    file: 'packages/trainer/src/session.ts',
    find: 'this.#settled.restore(settled);',
    replace: 'void settled;',
    suite: 'packages/pipeline/src/training/training.spec.ts',
  },
  {
    name: 'whole classes held back of data that is sorted by class',
    file: 'packages/pipeline/src/training/sample-parts.ts',
    find: 'stretches(kinds).map(partOf)',
    replace: 'stretches(kinds.map(() => 0)).map(partOf)',
    suite: 'packages/pipeline/src/training/sample-parts.spec.ts',
  },
  {
    name: 'a training taken though an output lost',
    file: 'packages/pipeline/src/training/judge-gain.ts',
    find: "!verdicts.includes('loss') && ",
    replace: '',
    suite: 'packages/pipeline/src/training/judge-gain.spec.ts',
  },
  {
    name: 'a checkpoint of other samples gone on from',
    file: 'packages/pipeline/src/training/checkpoint-file.ts',
    find: 'for (const part of [samples, heldBack]) {',
    replace: 'for (const part of [heldBack]) {',
    suite: 'packages/pipeline/src/training/checkpoint-file.spec.ts',
  },
];
