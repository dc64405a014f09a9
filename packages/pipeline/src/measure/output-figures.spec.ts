// The figures of an output, by numbers that are worked out by hand.
import { GraphBuilder } from '@wherry/graph';
import { notFiniteOutputs, OutputFigureSums } from './output-figures.js';

function sums(): OutputFigureSums {
  const builder = new GraphBuilder('one');
  const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 2])], {}, { origin: 'y' })]);
  return new OutputFigureSums(graph, graph.outputs[0]!);
}

it('are those of two samples, the device being off by different amounts', () => {
  const figures = sums();
  figures.addReal([3, 4], [3, 6]);
  figures.addReal([0, 12], [5, 0]);
  const { acc, rmse, mae, l2r, mean, std, nse, cos } = figures.figures;
  // Differences 0, 2, 5, -12; squares 173; right values 3, 4, 0, 12: 169 squared, 19 in sum; device 3, 6, 5, 0: 70 squared.
  expect(acc).toBe(0.5);
  expect(rmse).toBeCloseTo(Math.sqrt(173 / 4), 12);
  expect(mae).toBe(19 / 4);
  expect(l2r).toBeCloseTo(Math.sqrt(173 / 169), 12);
  expect(mean).toBe(-5 / 4);
  expect(std).toBeCloseTo(Math.sqrt(173 / 4 - 25 / 16), 12);
  expect(nse).toBeCloseTo(1 - 173 / (169 - 361 / 4), 12);
  expect(cos).toBeCloseTo(33 / Math.sqrt(169 * 70), 12);
});

it('has none where there is nothing to be a part of', () => {
  const figures = sums();
  figures.addReal([0, 0], [1, 1]);
  expect(figures.figures).toMatchObject({ l2r: null, nse: null, cos: null, rmse: 1, mean: 1 });
});

it.each([
  [[Number.NaN, 1], 1],
  [[Infinity, 1], 1],
  [[2, 1], 0],
])('warns of values that are no numbers where both sides have them: %j', (values, warnings) => {
  const figures = sums();
  figures.addReal(values, values);
  const said = notFiniteOutputs([figures.figures]);
  expect(said.map(({ code }) => code)).toEqual(Array.from({ length: warnings }, () => 'VALUES_NOT_FINITE'));
});
