// Issue 7, A.1: the numbers that choose are the numbers that count.

export const selection = [
  {
    name: 'errors relative to the size of each sample',
    file: 'packages/quantizer/src/select/judgement.ts',
    find: 'const error = squaredDistance(output, this.#outputOf(given));',
    replace:
      'const error = squaredDistance(output, this.#outputOf(given)) / (1e-9 + squaredDistance(output, new Float32Array(output.length)));',
    suite: 'packages/quantizer/src/select/judgement.spec.ts',
  },
  {
    name: 'judged by the samples that chose the ranges',
    file: 'packages/quantizer/src/select/forms.ts',
    find: 'this.#parts[1 - fold]!',
    replace: 'this.#parts[fold]!',
    suite: 'packages/quantizer/src/select/select.spec.ts',
  },
  {
    name: 'a candidate kept by luck',
    file: 'packages/quantizer/src/select/evidence.ts',
    find: 'return db - chance > margin && reportedDb >= -greatestReportedLoss;',
    replace: 'return db > 0;',
    suite: 'packages/quantizer/src/select/evidence.spec.ts',
  },
  {
    name: 'channels evened out by data of one class',
    file: 'packages/quantizer/src/select/variety.ts',
    find: 'return Math.min(1, ...shares);',
    replace: 'return 1;',
    suite: 'packages/quantizer/src/select/variety.spec.ts',
  },
  {
    name: 'no headroom for channels that slept',
    file: 'packages/quantizer/src/equalize/headroom.ts',
    find: 'const prior = priorSamples / (priorSamples + evidence);',
    replace: 'const prior = 0;',
    suite: 'packages/quantizer/src/equalize/headroom.spec.ts',
  },
  {
    name: 'size taken for accuracy unasked',
    file: 'packages/quantizer/src/plan/plan.ts',
    find: 'return compactMatrices === true && isNarrowMatrix(graph, node)',
    replace: 'return isNarrowMatrix(graph, node)',
    suite: 'packages/quantizer/src/plan/validate.spec.ts',
  },
];
