// The words of a training: each is followed or refused, with what to write instead.
import { trainingDefaults } from '@wherry/trainer';
import { trainingRequestOf, type TrainingOptions } from './training-options.js';

it('gives the defaults where nothing is said', () => {
  expect(trainingRequestOf({})).toEqual({ settings: trainingDefaults });
});

it.each([
  [{ epochs: 3 }, { epochs: 3 }],
  [{ batch: 64 }, { batch: 64 }],
  [{ rate: 0.01 }, { rate: 0.01 }],
  [{ optimizer: 'sgd' }, { optimizer: 'sgd' }],
  [{ schedule: 'step' }, { schedule: 'step' }],
  [{ warmup: 0 }, { warmup: 0 }],
  [{ loss: 'both' }, { loss: 'both' }],
  [{ temperature: 4 }, { temperature: 4 }],
  [{ ranges: 'ema' }, { ranges: 'ema' }],
  [{ patience: 2 }, { patience: 2 }],
  [{ sparsity: 0.5 }, { sparsity: 0.5 }],
  [{ keepZeros: true }, { keepZeros: true }],
  [{ seed: 7 }, { seed: 7 }],
  [
    { augment: ['flip', 'shift=2', 'noise=0.05', 'gain=0.1'] },
    { augmentation: { flip: true, shift: 2, noise: 0.05, gain: 0.1 } },
  ],
  [{ epochs: 1 }, { epochs: 1, warmup: 0 }],
] as const)('%j', (options, expected) => {
  expect(trainingRequestOf(options).settings).toEqual({ ...trainingDefaults, ...expected });
});

it('hands data and checkpoint on', () => {
  expect(trainingRequestOf({ data: 'a.npy', checkpoint: 'c' })).toMatchObject({ data: 'a.npy', checkpoint: 'c' });
});

it.each<[TrainingOptions, RegExp]>([
  [{ epochs: 0 }, /--epochs is 0\n.*a whole number, 1 or more/s],
  [{ epochs: 'many' }, /--epochs is "many"/],
  [{ batch: 1.5 }, /--batch is 1.5/],
  [{ rate: 2 }, /--rate is 2/],
  [{ rate: 0 }, /--rate is 0/],
  [{ sparsity: 1 }, /--sparsity is 1/],
  [{ temperature: 0 }, /--temperature is 0/],
  [{ warmup: 5, epochs: 5 }, /--warmup is 5 of 5 epochs/],
  [{ augment: ['turn'] }, /--augment is "turn"\n.*flip, shift=N/s],
  [{ augment: ['shift=0'] }, /--augment is "shift=0"/],
  [{ augment: ['noise'] }, /--augment is "noise"/],
  [{ augment: ['gain=0.1', 'gain=0.2'] }, /names gain twice/],
])('refuses %j', (options, says) => {
  expect(() => trainingRequestOf(options)).toThrow(says);
});
