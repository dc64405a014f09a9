// What is asked for and not done is refused or told, and what is measured is what the target computes.
const src = 'packages/pipeline/src';

export const askedFor = [
  {
    name: 'ends that a profile asks for and the scheme does not give, passed over in silence',
    file: `${src}/report/ends-report.ts`,
    find: 'if (decided[end] !== undefined || other === undefined) return [];',
    replace: 'if (decided[end] !== undefined || other !== undefined) return [];',
    suite: `${src}/profile-schemes.spec.ts`,
  },
  {
    name: 'ends of integers dropped where the runtime could convert them',
    file: 'packages/profiles/src/profile-ends.ts',
    find: 'if (converts) return { type: wanted };',
    replace: '',
    suite: 'packages/profiles/src/profile-ends.spec.ts',
  },
  {
    name: 'settings taken and forgotten where nothing is calibrated',
    file: `${src}/schemes/given-choices.ts`,
    find: 'if (first === undefined) return;',
    replace: 'return;',
    suite: `${src}/schemes/given-choices.spec.ts`,
  },
  {
    name: 'accuracy of float16 with weights alone rounded',
    file: `${src}/schemes/measure.ts`,
    find: '...(computesInHalf(target, place.scheme) &&',
    replace: '...(false &&',
    suite: `${src}/accuracy/half-range.spec.ts`,
  },
  {
    name: 'outputs that are no numbers taken for equal ones',
    file: `${src}/accuracy/value-errors.ts`,
    find: 'if (!Object.is(e, a)) this.#notFinite += 1;',
    replace: '',
    suite: `${src}/accuracy/half-range.spec.ts`,
  },
  {
    name: 'stand-ins of 4 bits counted as bytes',
    file: `${src}/stand-in-bytes.ts`,
    find: "if (dtype === 'int4') return tensor;",
    replace: '',
    suite: `${src}/stand-in-bytes.spec.ts`,
  },
  {
    name: 'float16 promised to the runtime of values that nobody saw',
    file: 'packages/pipeline/src/accuracy/half-range.ts',
    find: 'isComputed && data !== undefined && refusal === undefined',
    replace: 'isComputed && refusal === undefined',
    suite: 'packages/pipeline/src/accuracy/half-range.spec.ts',
  },
  {
    name: 'negative values beyond float16 let through',
    file: 'packages/pipeline/src/accuracy/half-range.ts',
    find: 'const greatest = Math.max(-min, max);',
    replace: 'const greatest = max;',
    suite: 'packages/pipeline/src/accuracy/half-range.spec.ts',
  },
  {
    name: 'a file as it is held against the limits of another scheme',
    file: 'packages/pipeline/src/schemes/attempt-as-it-is.ts',
    find: 'wanted.find((each) => each.scheme === scheme) ?? { scheme, position: null }',
    replace: 'wanted[0] ?? { scheme, position: null }',
    suite: 'packages/pipeline/src/schemes/limits-as-it-is.spec.ts',
  },
  {
    name: 'refused by the scheme that was wanted least',
    file: 'packages/pipeline/src/deploy.ts',
    find: 'first ??= whole.tried',
    replace: 'first = whole.tried',
    suite: 'packages/pipeline/src/profile-schemes.spec.ts',
  },
  {
    name: 'a scheme asked for that nothing on the target computes',
    file: 'packages/pipeline/src/schemes/wanted-schemes.ts',
    find: '  requireArithmetic(target.profile, scheme);\n',
    replace: '',
    suite: 'packages/pipeline/src/schemes/wanted-schemes.spec.ts',
  },
];
