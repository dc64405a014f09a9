// What is told of two measurements: each class of metric moves in its own way.
import { compareMetrics, isFailure, movedLinks } from './compare.js';
import { metricsOf } from './baseline.js';
import { exact, linkOf, type Metric, type MetricClass, type MetricValue } from './metric.js';

function moves(kind: MetricClass, before: MetricValue, now: MetricValue): readonly [string?, boolean?] {
  const metric = (value: MetricValue): Metric => ({ key: 'numbers.x', value, class: kind });
  const [difference] = compareMetrics(metricsOf([metric(before)]), [metric(now)]);
  return difference === undefined ? [] : [difference.move, isFailure(difference)];
}
const spread = (median: number, mad: number): MetricValue => ({ median, mad, windows: 5 });

it.each<[MetricClass, MetricValue, MetricValue, string?, boolean?]>([
  ['exact', 'a', 'a'],
  ['exact', 'a', 'b', 'changed', true],
  ['exact', 10, 9, 'changed', true],
  ['exact', null, 'a', 'changed', true],
  ['exact', 1, '1', 'changed', true],
  ['higher', 0.9, 0.9],
  ['higher', 0.9, 0.899999, 'worse', true],
  ['higher', 0.9, 0.95, 'better', false],
  ['higher', 40, 'none', 'changed', true],
  ['lower', 0.1, 0.2, 'worse', true],
  ['lower', 0.1, 0.05, 'better', false],
  ['statistical', spread(100, 0), spread(100.9, 0)],
  ['statistical', spread(100, 0), spread(101.1, 0), 'slower', true],
  ['statistical', spread(100, 1), spread(104, 1)],
  ['statistical', spread(100, 1), spread(105, 0), 'slower', true],
  ['statistical', spread(100, 0), spread(105, 1), 'slower', true],
  ['statistical', spread(100, 1), spread(95, 1), 'faster', false],
  ['statistical', spread(100, 40), spread(109, 40)],
  ['statistical', spread(100, 0), spread(150, 50), 'slower', true],
  ['statistical', spread(100, 1), 100, 'changed', true],
])('%s from %j to %j: %s', (kind, before, now, ...told) => {
  expect(moves(kind, before, now)).toEqual(told);
});

it('tells what is not measured any more, and what nobody has looked at', () => {
  const differences = compareMetrics(metricsOf([exact('bytes.a', 1), exact('plan.b', 2)]), [
    exact('memory.c', 3),
    exact('bytes.a', 1),
  ]);
  expect(differences.map(({ metric, move }) => [metric, move])).toEqual([
    ['plan.b', 'missing'],
    ['memory.c', 'new'],
  ]);
  expect(movedLinks(differences)).toEqual(['plan', 'memory']);
});

it('puts links in the order of the chain, and gains among none of them', () => {
  const before = [exact('time.t', 1), exact('input.i', 1), exact('numbers.n', 1)];
  const now: Metric[] = [exact('numbers.n', 2), exact('time.t', 2), { ...exact('input.i', 2), class: 'higher' }];
  const differences = compareMetrics(metricsOf(before), now);
  expect(differences.map(({ link, move }) => `${link} ${move}`)).toEqual([
    'input better',
    'numbers changed',
    'time changed',
  ]);
  expect(movedLinks(differences)).toEqual(['numbers', 'time']);
});

it('knows the link of a key', () => {
  expect([linkOf('plan.layer.a'), linkOf('planet.x'), linkOf('plan')]).toEqual(['plan', undefined, undefined]);
});
