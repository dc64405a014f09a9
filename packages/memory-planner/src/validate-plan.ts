// Judges a plan without knowing how it was made: every pair of buffers that are live together is looked at.
import { forEachMeeting, type ArenaBuffer, type ArenaPlan } from './arena-plan.js';

/** Sentences that say what is wrong with a plan; none when it is sound. */
export function validatePlan(buffers: readonly ArenaBuffer[], plan: ArenaPlan, alignment: number): readonly string[] {
  const faults: string[] = [];
  if (plan.offsets.length !== buffers.length) {
    return [`${plan.offsets.length} offsets for ${buffers.length} buffers`];
  }
  buffers.forEach((buffer, i) => {
    const offset = plan.offsets[i]!;
    if (!Number.isInteger(offset / alignment))
      faults.push(`${nameOf(buffer)} at ${offset} is not aligned to ${alignment}`);
    if (offset < 0 || offset + buffer.bytes > plan.bytes) {
      faults.push(`${nameOf(buffer)} at ${offset}..${offset + buffer.bytes} leaves the arena of ${plan.bytes} bytes`);
    }
  });
  forEachMeeting(buffers, (i, live) => {
    const start = plan.offsets[i]!;
    for (const j of live) {
      const other = plan.offsets[j]!;
      const apart = start >= other + buffers[j]!.bytes || other >= start + buffers[i]!.bytes;
      if (!apart) faults.push(`${nameOf(buffers[j]!)} and ${nameOf(buffers[i]!)} overlap while both are live`);
    }
  });
  return faults;
}

function nameOf({ owner }: ArenaBuffer): string {
  return owner.kind === 'tensor' ? `tensor ${owner.tensor}` : `scratch ${owner.position} of node ${owner.node}`;
}
