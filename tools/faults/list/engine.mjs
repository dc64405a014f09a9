// what the float engine gives is what the operators mean, and what gives nothing is told.

export const engine = [
  {
    name: 'SAME with less than nothing to pad',
    file: 'packages/engine-tfjs/src/lowering/padding.ts',
    find: "if (missingH >= 0 && missingW >= 0) return 'same';",
    replace: "return 'same';",
    suite: 'packages/engine-tfjs/src/lowering/lowering.spec.ts',
  },
  {
    name: 'a layer that gives the same for every sample, not told',
    file: 'packages/quantizer/src/calibrate/constancy-watch.ts',
    find: 'if (this.#differing < enoughSamples) return [];',
    replace: 'return [];',
    suite: 'packages/quantizer/src/calibrate/constancy-watch.spec.ts',
  },
];
