// What a run reads is told from its settings alone.
import { runInputs } from './run-inputs.js';

it('names the model, the data and what lies beside it, each once', () => {
  expect(
    runInputs({
      model: 'models/digits.h5',
      calibration: 'idx:data/t10k-images-idx3-ubyte.gz',
      evaluation: 'npy:data/test.npy?labels=truth.csv',
    }),
  ).toEqual([
    'models/digits.h5',
    'data/t10k-images-idx3-ubyte.gz',
    'data/t10k-labels-idx1-ubyte',
    'data/t10k-labels-idx1-ubyte.gz',
    'data/test.npy',
    'data/truth.csv',
  ]);
  expect(runInputs({ model: 'm.tflite', calibration: 'folder:photos', evaluation: 'folder:photos' })).toEqual([
    'm.tflite',
    'photos',
  ]);
});

it('refuses what is no data source', () => {
  expect(() => runInputs({ model: 'm.h5', calibration: 'npy:' })).toThrow(/DATA_OPTION/);
});
