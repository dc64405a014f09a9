// Series: of another toolchain what any has in common is held, and of another file nothing is kept.
import { metricsOf, type Baseline } from './baseline.js';
import { judge, updated, type Measured } from './judge.js';
import { exact, type Metric } from './metric.js';

const names = { project: 'p', model: 'a', profile: 'b' };
const measured = (series: string | null, ...metrics: readonly Metric[]): Measured => ({
  ...{ tier: series === null ? 'host' : 'emu', series, metrics, warnings: [] },
});
const emu = (instructions: number, model = 'm', tensors = 5): readonly Metric[] => [
  exact('input.model', model),
  exact('numbers.tensors', tensors),
  exact('time.instructions', instructions),
];
const baseline: Baseline = { ...names, emu: new Map([['gcc 12', metricsOf(emu(100))]]) };

it('begins anew with another toolchain, where inputs and numbers are the same', () => {
  expect(judge(baseline, measured('gcc 12', ...emu(100)))).toMatchObject({ verdict: 'passed' });
  expect(judge(baseline, measured('gcc 12', ...emu(101)))).toMatchObject({ verdict: 'failed', moved: ['time'] });
  expect(judge(baseline, measured('gcc 13', ...emu(101)))).toMatchObject({ verdict: 'new series', differences: [] });
  expect(judge(baseline, measured('gcc 13', ...emu(101, 'other')))).toMatchObject({
    verdict: 'failed',
    moved: ['input'],
  });
  expect(judge(baseline, measured('gcc 13', ...emu(101, 'm', 6)))).toMatchObject({
    verdict: 'failed',
    moved: ['numbers'],
  });
});

it('keeps other series of the same file, and none of another', () => {
  const both = updated(baseline, measured('gcc 13', ...emu(101)));
  expect([...both.emu!.keys()]).toEqual(['gcc 12', 'gcc 13']);
  expect([...updated(both, measured('gcc 13', ...emu(7, 'other'))).emu!.keys()]).toEqual(['gcc 13']);
  expect(updated(both, measured(null, exact('bytes.model', 'm'))).emu!.size).toBe(2);
  expect(updated(both, measured(null, exact('bytes.model', 'other'))).emu!.size).toBe(0);
});
