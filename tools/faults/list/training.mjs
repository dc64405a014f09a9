// trainings that go on otherwise than they would have.

export const training = [
  {
    name: 'swings of weights forgotten where a training goes on',
    file: 'packages/trainer/src/session.ts',
    find: 'this.#settled.restore(settled);',
    replace: 'void settled;',
    suite: 'packages/pipeline/src/training/training.spec.ts',
  },
];
