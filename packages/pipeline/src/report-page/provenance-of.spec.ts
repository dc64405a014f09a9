// Data that a run was made of are named each as it was read.
import { provenanceOf } from './provenance-of.js';

type Given = Parameters<typeof provenanceOf>[0];

const data = (changes: object = {}): object => ({
  ...{ name: 'a.csv', format: 'csv', sha256: 'ab', samples: 10, preprocessing: {}, lint: { inputs: [] } },
  ...changes,
});
const whatOf = (calibration: object, evaluation: object): readonly string[] =>
  provenanceOf({
    model: { file: 'a.h5', format: 'keras', producer: 'unknown', version: '', sha256: 'cd' },
    profile: { id: 'esp32', runtime: 'tflm', simd: null, sha256: 'ef' },
    tool: { name: 'wherry', version: '1' },
    ...{ calibration, evaluation },
  } as unknown as Given).map(({ what }) => what);

it('leaves the evaluation out only where it is read as the calibration is', () => {
  expect(whatOf(data(), data())).not.toContain('Evaluation');
  expect(whatOf(data(), data({ sha256: 'other' }))).toContain('Evaluation');
  // The same file, with another limit.
  expect(whatOf(data(), data({ samples: 5 }))).toContain('Evaluation');
});
