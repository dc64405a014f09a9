// What it takes on the target: sizes, and where everything lies in the arena.
import type { Deployment } from '../../deployment.js';
import { estimateOf } from '../../fit.js';
import { memoryPeak } from '../../report/memory-report.js';
import { exact, type Metric } from '../metric.js';
import { digestOf } from './graph-digest.js';

export function memoryMetrics({ memory, fit, quantized: { graph } }: Deployment): readonly Metric[] {
  const { buffers, best, offline, compiled } = memory;
  const peak = memoryPeak(graph, memory);
  const estimate = estimateOf(memory);
  return [
    exact('memory.flash', fit.flash.used),
    exact('memory.ram', fit.ram.used),
    exact('memory.arena', estimate.leastArenaBytes),
    exact('memory.activations', estimate.activationBytes),
    exact('memory.peak', peak === undefined ? null : `${peak.layer}, ${peak.liveBytes} bytes`),
    exact('memory.plan', digestOf(JSON.stringify([buffers, best.offsets]))),
    exact('memory.carriedPlan', offline === undefined ? null : digestOf(JSON.stringify(offline))),
    ...(compiled === undefined ? [] : [exact('memory.constants', compiled.constants)]),
  ];
}
