// The arena of the two models: as the reports say, as the profile's runtime lays it out, and the plans in the files.
import type { Graph } from '@wherry/graph';
import { arenaWithOffsets, memoryTargetOf, type ArenaEstimate, type MemoryTarget } from '@wherry/memory-planner';
import type { Target } from '@wherry/profiles';
import { memoryPlanName, readMetadata } from '@wherry/tflite-writer';
import { arenaWithMargin } from '../fit.js';
import { planTargetMemory } from '../plan-target-memory.js';
import { carriedPlan, offsetsInGraph } from './carried-plan.js';
import { reportValue } from './compare-metadata.js';
import { sameBytes } from './constant-values.js';
import type { ArenaDifference, ArenaFigures, Both, LeftOut } from './document.js';
import { isGraph, type Side } from './read-side.js';

/** What is left out is added to `leftOut`. */
export function compareArena(a: Side, b: Side, target: Target | undefined, leftOut: LeftOut[]): ArenaDifference {
  const estimates = { a: estimated(a, 'a', target, leftOut), b: estimated(b, 'b', target, leftOut) };
  const plans = [a, b].map(({ model }) => readMetadata(model, memoryPlanName));
  return {
    profile: target?.profile.id ?? null,
    estimate: target === undefined ? null : estimates,
    reported: { a: reported(a), b: reported(b) },
    carriedPlan: { a: carriedPlan(a.model), b: carriedPlan(b.model) },
    carriedPlanChanged: !sameBytes(plans[0], plans[1]),
  };
}

/** What a firmware of `a` has reserved and what `b` needs, of one source; undefined where none has both. */
export function comparableArenas({ profile, estimate, reported: said }: ArenaDifference): Both<number> | undefined {
  const [a, b] = [estimate?.a, estimate?.b];
  if (a && b) return { a: said.a?.profile === profile ? said.a.bytes : a.bytes, b: b.bytes };
  return said.a !== null && said.b !== null && said.a.profile === said.b.profile
    ? { a: said.a.bytes, b: said.b.bytes }
    : undefined;
}

function estimated(
  { given: graph, model }: Side,
  side: 'a' | 'b',
  target: Target | undefined,
  leftOut: LeftOut[],
): ArenaFigures | null {
  if (target === undefined) return null;
  const leave = (why: string): null => {
    leftOut.push({ what: `the arena on ${target.profile.id}`, side, why });
    return null;
  };
  const memoryTarget = memoryTargetOf(target.profile);
  if (memoryTarget === undefined) return leave(`the arena of ${target.profile.runtime.name} cannot be foretold`);
  // Said for the whole graph.
  if (!isGraph(graph)) return null;
  const estimate = estimateOf(graph, model, memoryTarget);
  if (estimate === undefined) return leave('the plan in the file is for tensors that cannot be told in the graph');
  return {
    bytes: arenaWithMargin(target, estimate),
    usedBytes: estimate.usedBytes,
    activationBytes: estimate.activationBytes,
  };
}

function estimateOf(graph: Graph, model: Side['model'], target: MemoryTarget): ArenaEstimate | undefined {
  if (readMetadata(model, memoryPlanName) === undefined)
    return planTargetMemory(graph, target, { searchSteps: 0 }).estimate;
  const offsets = offsetsInGraph(model, graph);
  return offsets === undefined ? undefined : arenaWithOffsets(graph, target, offsets);
}

function reported({ folder }: Side): ArenaDifference['reported']['a'] {
  const [profile, bytes] = ['profile.id', 'memory.arenaBytes'].map((place) => reportValue(folder?.report, place));
  return typeof profile === 'string' && typeof bytes === 'number' ? { profile, bytes } : null;
}
