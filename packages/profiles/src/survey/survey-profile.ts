// What a profile says that would never count, and what its runtime has nothing for.
import { availableBytes, type RamRegion } from '../device-profile.js';
import type { Target } from '../library.js';
import { hasRowsFor } from '../scheme-types.js';
import type { Remark } from './remark.js';

/** In the order of the profile's keys; of a profile that has been checked. Empty: everything in it counts. */
export function surveyProfile(target: Target): readonly Remark[] {
  if (target.profile.refuses !== undefined) return [];
  return [...memoryRemarks(target), ...schemeRemarks(target), ...ioRemarks(target), ...fileRemarks(target)];
}

function memoryRemarks({ profile: { memory } }: Target): readonly Remark[] {
  const empty = (['flash', 'ram'] as const).filter((name) => availableBytes(memory[name]) === 0);
  return [
    ...empty.map((name) => ({
      where: `/memory/${name}`,
      what: 'nothing is left for a model',
      next: 'lower reservedBytes to what the firmware takes, or say in "refuses" that nothing can be made for the device',
    })),
    ...blockRemarks(memory.ram),
  ];
}

function blockRemarks(ram: RamRegion): readonly Remark[] {
  const left = ram.bytes - ram.reservedBytes;
  return (['staticBytes', 'heapBytes'] as const).flatMap((key) => {
    const bytes = ram.blocks?.[key] ?? 0;
    if (bytes <= left) return [];
    const what = `a block of ${bytes} bytes is more than the ${left} that are left of the region: the region decides`;
    return [{ where: `/memory/ram/blocks/${key}`, what, next: 'lower it, or reservedBytes' }];
  });
}

function schemeRemarks({ profile, kernels }: Target): readonly Remark[] {
  const most = availableBytes(profile.memory.ram);
  return profile.schemes.flatMap(({ scheme, limits }, position) => {
    const where = `/schemes/${position}`;
    const lacking = hasRowsFor(kernels, scheme)
      ? []
      : [
          {
            where,
            what: `${kernels.name} has no layer with weights for ${scheme}: it would never be made`,
            next: 'remove it, or name a runtime that has the kernels',
          },
        ];
    const arena = limits?.arenaBytes;
    if (arena === undefined || arena < most || profile.export.layout === 'file') return lacking;
    const what = `${arena} bytes are no limit where ${most} are left`;
    return [...lacking, { where: `${where}/limits/arenaBytes`, what, next: 'lower it, or leave it out' }];
  });
}

function ioRemarks({ profile, kernels }: Target): readonly Remark[] {
  const types = new Set(Object.values(kernels.operators).flatMap(({ rows }) => rows.map((row) => row.activations)));
  return (['input', 'output'] as const).flatMap((end) =>
    types.has(profile.io[end])
      ? []
      : [
          {
            where: `/io/${end}`,
            what: `no kernel of ${kernels.name} reads ${profile.io[end]}: every model would be refused`,
            next: `set it to one of ${[...types].join(', ')}`,
          },
        ],
  );
}

/** A file has no arena to give a margin to, and no board that it is written to. */
function fileRemarks({ profile }: Target): readonly Remark[] {
  if (profile.export.layout === 'firmware') return [];
  const next = 'leave it out, or set "layout" to firmware';
  const what = 'it never counts where the .tflite file is all that leaves the tool';
  return [
    ...profile.schemes.flatMap(({ limits }, position) =>
      limits?.arenaBytes === undefined ? [] : [{ where: `/schemes/${position}/limits/arenaBytes`, what, next }],
    ),
    ...(profile.arenaMarginPercent === 0
      ? []
      : [{ where: '/arenaMarginPercent', what, next: 'set it to 0, or "layout" to firmware' }]),
    ...(profile.serial === undefined ? [] : [{ where: '/serial', what, next }]),
  ];
}
