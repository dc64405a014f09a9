// Who is there? HELLO until it is answered, and whether the device is the one that was meant.
import { limits, type ModelLayout, type RecordOf } from '@wherry/device-protocol';
import { counted, WherryError } from '@wherry/graph';
import { deviceDiagnostics } from '../link/diagnostics.js';
import { FrameSize } from '../link/frame-size.js';
import type { Link } from '../link/link.js';
import { Contradiction } from '../link/transfer.js';
import { readRecord } from './calls.js';

export type Identity = RecordOf<'IDENTITY'>;

/** What the device has to be. */
export interface ExpectedDevice {
  /** SHA-256 of the model file. */
  readonly model: string;
  readonly layout: ModelLayout;
  /** What the plan of its memory needs. */
  readonly arenaBytes: number;
  /** The profile, where what is measured is reported for one. */
  readonly profile?: string;
}

/** The first reply is short, to come through while the line is not known. */
const firstBytes = 64;
/** On a line where frames are damaged, as many more of them are sent. */
const noisyShare = 8;

export async function greet(link: Link, conversation: number, expected: ExpectedDevice): Promise<Identity> {
  const identity = await askIdentity(link, conversation);
  checkIdentity(identity, expected, link);
  link.limit(identity);
  return identity;
}

/** Whoever it is. */
export async function askIdentity(link: Link, conversation: number): Promise<Identity> {
  const size = new FrameSize();
  size.limit(firstBytes);
  const { noise } = link.heard;
  link.limit({ dataBytes: limits.leastDataBytes, windowBytes: limits.leastDataBytes });
  const { record } = await readRecord(
    link,
    'HELLO',
    'IDENTITY',
    { conversation },
    {
      size,
      waiting: {
        waitMs: () => link.policy.helloMs / (link.heard.noise > noise ? noisyShare : 1),
        mostMs: link.policy.helloMs,
        mostBytes: 0,
        took: () => undefined,
        silent: () => undefined,
      },
      isReply: (reply) => reply.message === 'HELLO' && reply.values.conversation === conversation,
    },
  );
  return record;
}

function checkIdentity(
  identity: Identity,
  expected: ExpectedDevice,
  { portName: where, isRecorded }: Pick<Link, 'portName' | 'isRecorded'>,
): void {
  const { layout, model, arenaBytes, profile } = expected;
  if (identity.model !== model)
    throw new WherryError(deviceDiagnostics.DEVICE_WRONG_MODEL, {
      what: `the device ${isRecorded ? 'of the trace ran' : 'runs'} the model with SHA-256 ${short(identity.model)} (firmware ${identity.firmware}, for ${identity.profile}), the file given has ${short(model)}`,
      where,
      next: isRecorded
        ? 'give the model that the trace was recorded with, or record one of this model with --trace'
        : 'build the firmware with the output of this file and flash it, or give the file that the firmware was built with',
    });
  if (profile !== undefined && identity.profile !== profile)
    throw new WherryError(deviceDiagnostics.DEVICE_PROFILE, {
      what: `the firmware was made for the profile ${identity.profile}, ${profile} is asked for (chip: ${identity.chip})`,
      where,
      next: isRecorded
        ? `ask for ${identity.profile}, which the trace is of`
        : `ask for ${identity.profile}, or build and flash the firmware of ${profile}`,
    });
  if (identity.arenaBytes < arenaBytes)
    throw new WherryError(deviceDiagnostics.DEVICE_ARENA, {
      what: `the firmware gives the model an arena of ${counted(identity.arenaBytes, 'byte')}, it needs ${arenaBytes}`,
      where,
      next: `set the arena of the firmware to ${arenaBytes} bytes or more, build and flash it`,
    });
  const counts = [
    ['inputs', identity.inputs, layout.inputs.length],
    ['outputs', identity.outputs, layout.outputs.length],
    ['operators', identity.operators, layout.operators],
    ['tensors', identity.tensors, layout.tensors.length],
  ] as const;
  for (const [name, said, meant] of counts)
    if (said !== meant)
      throw new Contradiction(`the device has the model given, but ${said} ${name} instead of ${meant}`);
  if (identity.dataBytes < limits.leastDataBytes)
    throw new Contradiction(`frames of ${identity.dataBytes} bytes of data, the least is ${limits.leastDataBytes}`);
}

function short(hash: string): string {
  return `${hash.slice(0, 12)}…`;
}
