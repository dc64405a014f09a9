// Data to train on is read as the data to calibrate with is.
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { importModel } from '@wherry/importers';
import { optimize } from '@wherry/quantizer';
import { trainingDefaults } from '@wherry/trainer/training-settings';
import { smallModel } from '../testing/small-model.js';
import { askedTraining } from './asked-training.js';

const model = smallModel();
afterAll(() => model.remove());

const { graph } = optimize(
  importModel(readFileSync(join(model.folder, 'small.tflite')), { fileName: 'small.tflite' }).graph,
);

it('with what the user says that outputs are', async () => {
  const request = { ...model.request, task: ['embedding'], training: { settings: trainingDefaults } };
  const data = await askedTraining({ request, optimized: graph }, {} as never, false)!.openData(
    model.request.calibration,
    [],
  );
  expect(data.tasks.tasks).toEqual([{ kind: 'embedding', labelled: true }]);
});

it('with what was seen of outputs that give the input again', async () => {
  const request = { ...model.request, training: { settings: trainingDefaults } };
  const data = await askedTraining({ request, optimized: graph }, {} as never, false)!.openData(
    model.request.calibration,
    [true],
  );
  expect(data.alike).toEqual([true]);
});

it('and each of several schemes has a checkpoint of its own', () => {
  const request = { ...model.request, training: { settings: trainingDefaults, checkpoint: 'c.bin' } };
  const of = (several: boolean) => askedTraining({ request, optimized: graph }, {} as never, several)!.checkpointOf;
  expect(of(false)('int8')).toBe('c.bin');
  expect([of(true)('int8'), of(true)('int4')]).toEqual(['c.bin.int8', 'c.bin.int4']);
  const without = { ...model.request, training: { settings: trainingDefaults } };
  expect(
    askedTraining({ request: without, optimized: graph }, {} as never, true)!.checkpointOf('int8'),
  ).toBeUndefined();
});
