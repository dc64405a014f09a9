// What is alive at the peak: all of it, the largest first, and from where to where each is needed.
import { GraphBuilder } from '@wherry/graph';
import { planMemory } from '@wherry/memory-planner';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { planTargetMemory } from '../plan-target-memory.js';
import { requireMemoryTarget } from '../target-rules.js';
import { liveBytes, memoryPeak } from './memory-report.js';

const target = requireMemoryTarget((await readProfileFolder()).targets.get('rp2040')!);
const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };

it('says whose the bytes are, from the input of the model to its output', () => {
  const builder = new GraphBuilder('peak');
  const made = (origin: string) => ({ origin, outputQuantization: quantization, outputDtype: 'int8' as const });
  const input = builder.input('x', [1, 64], 'int8', quantization);
  const first = builder.add('RELU', [input], {}, made('first'));
  const second = builder.add('CONCATENATION', [first, first], { axis: 1 }, made('second'));
  const third = builder.add('CONCATENATION', [input, second], { axis: 1 }, made('third'));
  const graph = builder.finish([builder.add('RELU', [third], {}, made('fourth')), first]);
  const memory = planMemory(graph, target);
  const live = liveBytes(graph, memory);
  const peak = memoryPeak(graph, memory)!;
  expect(live).toEqual([128, 256, 448, 448]);
  expect([peak.layer, peak.operator, peak.liveBytes]).toEqual(['third', 'CONCATENATION', 448]);
  expect(peak.buffers.map(({ bytes, from, until }) => [bytes, from, until])).toEqual([
    [192, 'third', 'fourth'],
    [128, 'second', 'third'],
    [64, null, 'third'],
    [64, 'first', null],
  ]);
});

it('counts once what an output overwrites of its input, in code', () => {
  const builder = new GraphBuilder('code');
  const made = (origin: string) => ({ origin, outputQuantization: quantization, outputDtype: 'int8' as const });
  const first = builder.add('RELU', [builder.input('x', [1, 64], 'int8', quantization)], {}, made('first'));
  const graph = builder.finish([builder.add('RELU', [first], {}, made('second'))]);
  const memory = planTargetMemory(graph, { ...target, runtime: 'compiled-c' });
  expect(liveBytes(graph, memory)).toEqual([64, 64]);
  expect(memoryPeak(graph, memory)!.liveBytes).toBe(memory.compiled!.arena);
  expect(liveBytes(graph, planMemory(graph, target))).toEqual([128, 128]);
});
