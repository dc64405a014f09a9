// The compiled runtime: what it computes, where it puts things, what it says of them.
const compiler = 'packages/c-compiler/src';
const cases = `${compiler}/operator-cases.spec.ts`;

export const compiling = [
  {
    name: 'an output that reaches into what its own step still reads',
    file: `${compiler}/access/trailing-distance.ts`,
    find: 'step.readsFirst === true ? needed : Math.min(needed, own)',
    replace: 'needed',
    suite: `${compiler}/access/trailing-distance.spec.ts`,
  },
  {
    name: 'a replay that believes what it should look at',
    file: `${compiler}/memory/replay.ts`,
    find: 'if (readsFirst !== true && !readsWhatItShould()) return',
    replace: 'if (readsFirst === false && !readsWhatItShould()) return',
    suite: `${compiler}/memory/plan-arena.spec.ts`,
  },
  {
    name: 'a tensor that another step still needs given up as an input that may be overwritten',
    file: `${compiler}/memory/plan-arena.ts`,
    find: 'blocks[read]!.lastStep > step',
    replace: 'blocks[read]!.lastStep > step + 9',
    suite: `${compiler}/memory/plan-arena.spec.ts`,
  },
  {
    name: 'a bias without the zero point of the input',
    file: `${compiler}/operators/requantization.ts`,
    find: '- inputZeroPoint * sum',
    replace: '- 0 * inputZeroPoint * sum',
    suite: cases,
  },
  {
    name: 'more products of int16 in a sum of 32 bits than it holds',
    file: `${compiler}/kernel-sources.ts`,
    find: '#define WHERRY_PRODUCTS_S16 511',
    replace: '#define WHERRY_PRODUCTS_S16 520',
    suite: `${compiler}/wide-sums.spec.ts`,
  },
  {
    name: 'an element of two bytes that is overwritten as if it had one',
    file: `${compiler}/access/orders.ts`,
    find: 'writes: [at * written, (at + 1) * written],',
    replace: 'writes: [at, at + 1],',
    suite: `${compiler}/access/trailing-distance.spec.ts`,
  },
  {
    name: 'the zero point taken for the number of a place where values move',
    file: `${compiler}/operators/moving.ts`,
    find: "dtype === 'int32' ? { dtype, quantization: undefined } : { dtype }",
    replace: '{ dtype }',
    suite: cases,
  },
  {
    name: 'a compiled arena with the margin of an estimate',
    file: 'packages/pipeline/src/fit.ts',
    find: 'if (isExact(profile)) return needed;',
    replace: '',
    suite: 'packages/pipeline/src/compiled-runtime.spec.ts',
  },
  {
    name: 'flash counted of a file that a compiled model has not',
    file: 'packages/pipeline/src/fit.ts',
    find: 'return compiled?.constants ?? fileBytes;',
    replace: 'return compiled === undefined ? fileBytes : fileBytes;',
    suite: 'packages/pipeline/src/compiled-runtime.spec.ts',
  },
  {
    name: 'constants of compiled code left where they are, whatever section the profile names',
    file: `${compiler}/emit/model-files.ts`,
    find: 'declarations.map((declaration) => c`${names.attributes} ${declaration}`)',
    replace: 'declarations',
    suite: 'packages/pipeline/src/compiled-profile.spec.ts',
  },
  {
    name: 'an array format passed over where there is no array',
    file: 'packages/pipeline/src/honoured-settings.ts',
    find: "arrayFormat !== 'hex'",
    replace: "arrayFormat === 'none'",
    suite: 'packages/pipeline/src/compiled-profile.spec.ts',
  },
  {
    name: 'advice to take a device whose profile is refused',
    file: 'packages/pipeline/src/remedies/remedies.ts',
    find: 'requireHonoured(target);',
    replace: '',
    suite: 'packages/pipeline/src/compiled-runtime.spec.ts',
  },
  {
    name: 'a name of compiled code that is the same in every model',
    file: `${compiler}/emit/model-files.ts`,
    find: "names.lower('storage')",
    replace: 'c`storage`',
    suite: `${compiler}/two-models.spec.ts`,
  },
];
