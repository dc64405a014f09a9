// What a profile says that would never count, and what its runtime has nothing for.
import { availableBytes, type RamRegion, type SchemeLimits } from '../device-profile.js';
import type { Target } from '../library.js';
import { inheritedLimits } from '../limits-of-schemes.js';
import { ends, profileEnd, type End } from '../profile-ends.js';
import { hasRowsFor } from '../scheme-types.js';
import type { Remark } from './remark.js';

/** Sizes of arenas are multiples of it. */
const leastArena = 16;

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
  const room = profile.export.layout === 'file' ? undefined : availableBytes(profile.memory.ram);
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
    return [
      ...lacking,
      ...limitRemarks(`${where}/limits`, limits, { room, before: inheritedLimits(profile.schemes, position) }),
    ];
  });
}

/** `room`: undefined where the arena is nobody's concern. What asks for nothing lifts a limit that was there `before`. */
function limitRemarks(
  where: string,
  { arenaBytes: arena, accuracyDropPoints, agreementPercent }: SchemeLimits = {},
  { room, before }: { readonly room: number | undefined; readonly before: SchemeLimits },
): readonly Remark[] {
  const remark = (key: string, what: string, next: string): Remark[] => [{ where: `${where}/${key}`, what, next }];
  return [
    ...(accuracyDropPoints === 100 && before.accuracyDropPoints === undefined
      ? remark('accuracyDropPoints', 'no model loses more than 100 points: it is no limit', 'lower it, or leave it out')
      : []),
    ...(agreementPercent === 0 && before.agreementPercent === undefined
      ? remark('agreementPercent', 'no model has less than 0 %: it is no limit', 'raise it, or leave it out')
      : []),
    ...(arena === undefined || room === undefined || (arena >= leastArena && arena < room)
      ? []
      : arena < leastArena
        ? remark(
            'arenaBytes',
            `no arena has less than ${leastArena} bytes: every model would be refused`,
            'raise it, or remove the scheme',
          )
        : remark('arenaBytes', `${arena} bytes are no limit where ${room} are left`, 'lower it, or leave it out')),
  ];
}

function ioRemarks(target: Target): readonly Remark[] {
  const { profile, kernels } = target;
  const types = new Set(Object.values(kernels.operators).flatMap(({ rows }) => rows.map((row) => row.activations)));
  return ends.flatMap((end) =>
    types.has(profile.io[end])
      ? unfollowedRemarks(target, end)
      : [
          {
            where: `/io/${end}`,
            what: `no kernel of ${kernels.name} reads ${profile.io[end]}: every model would be refused`,
            next: `set it to one of ${[...types].join(', ')}`,
          },
        ],
  );
}

/** What is meant for other schemes only is no fault. */
function unfollowedRemarks(target: Target, end: End): readonly Remark[] {
  return target.profile.schemes.flatMap(({ scheme }) => {
    const made = profileEnd(target, end, scheme);
    if (made.why === undefined || !made.isLacking) return [];
    return [
      {
        where: `/io/${end}`,
        what: `it never counts where ${scheme} is chosen: ${made.why}`,
        next: `set it to a type that all schemes give, such as float32, or remove ${scheme}`,
      },
    ];
  });
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
