// The faults that once passed every suite, each as the smallest change of today's source that brings it back.

const quantizer = { project: 'packages/quantizer' };

/** `find` stands once in `file`; `suite`: the pattern of the spec that must go red. */
export const faults = [
  {
    name: 'errors relative to the size of each sample',
    file: 'packages/quantizer/src/select/judgement.ts',
    find: 'const error = squaredDistance(output, this.#outputOf(given));',
    replace:
      'const error = squaredDistance(output, this.#outputOf(given)) / (1e-9 + squaredDistance(output, new Float32Array(output.length)));',
    suite: 'select/judgement',
    ...quantizer,
  },
  {
    name: 'judged by the samples that chose the ranges',
    file: 'packages/quantizer/src/select/forms.ts',
    find: 'this.#parts[1 - fold]!',
    replace: 'this.#parts[fold]!',
    suite: 'select/select.spec',
    ...quantizer,
  },
  {
    name: 'a candidate kept by luck',
    file: 'packages/quantizer/src/select/evidence.ts',
    find: 'return db - chance > margin && reportedDb >= -greatestReportedLoss;',
    replace: 'return db > 0;',
    suite: 'select/evidence',
    ...quantizer,
  },
  {
    name: 'channels evened out by data of one class',
    file: 'packages/quantizer/src/select/variety.ts',
    find: 'return Math.min(1, ...shares);',
    replace: 'return 1;',
    suite: 'select/variety',
    ...quantizer,
  },
  {
    name: 'no headroom for channels that slept',
    file: 'packages/quantizer/src/equalize/headroom.ts',
    find: 'const prior = priorSamples / (priorSamples + evidence);',
    replace: 'const prior = 0;',
    suite: 'equalize/headroom',
    ...quantizer,
  },
  {
    name: 'size taken for accuracy unasked',
    file: 'packages/quantizer/src/plan/plan.ts',
    find: 'return compactMatrices === true && isNarrowMatrix(graph, node)',
    replace: 'return isNarrowMatrix(graph, node)',
    suite: 'plan/',
    ...quantizer,
  },
];
