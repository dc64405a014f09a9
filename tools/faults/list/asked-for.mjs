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
];
