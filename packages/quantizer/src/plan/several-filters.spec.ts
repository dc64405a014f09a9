// Operators with several filters are refused by name where their scales would have to be chosen here.
import { casesOf } from '@wherry/graph/cases';
import { planned } from '../testing/planned.js';
import { calibrated } from '../testing/small-network.js';

it.each(['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const)('%s', async (kind) => {
  const { graph, feeds } = casesOf(kind).find(({ type }) => type.from === 'float32')!;
  const calibration = await calibrated(graph, [feeds, feeds]);
  expect(() => planned(graph, calibration)).toThrow(/QUANT_NO_KERNEL.*has several filters/);
});
