// `--port auto`: the one port whose USB ids are in the profile, and behind which such a device answers.
import { counted, WherryError } from '@wherry/graph';
import type { SerialLink } from '@wherry/profiles';
import type { LinkPolicy } from '../link/policy.js';
import type { Port } from '../port.js';
import type { Identity } from '../session/greet.js';
import { whoAnswers } from '../session/who-answers.js';
import type { Time } from '../time.js';
import { discoveryDiagnostics } from './diagnostics.js';
import type { ListedPort } from './listed-port.js';

export interface PortSearch {
  readonly profile: { readonly id: string; readonly serial?: SerialLink };
  /** The ports that there are: `listPorts`. */
  readonly list: () => Promise<readonly ListedPort[]>;
  /** Opens one: `openSerialPort`. */
  readonly open: (path: string, baud: number) => Promise<Port>;
  readonly time: Time;
  /** As of a session. */
  readonly number: () => number;
  readonly policy?: Partial<LinkPolicy>;
}

type Asked = { readonly listed: ListedPort } & (
  { readonly port: Port; readonly identity: Identity } | { readonly why: string }
);
type Answered = Extract<Asked, { identity: Identity }>;

/** Open, and the others closed. A single candidate is not asked: the session does that. Throws WherryError. */
export async function findPort(search: PortSearch): Promise<Port> {
  const { profile, list, open } = search;
  const ports = await list();
  if (profile.serial === undefined) throw notFound(profile.id, 'its profile names no USB ids', ports.map(unasked));
  const { usb, baud } = profile.serial;
  const isCandidate = ({ vendorId, productId }: ListedPort): boolean =>
    usb.some((one) => one.vendorId === vendorId && one.productId === productId);
  const candidates = ports.filter(isCandidate);
  if (candidates.length === 1) return open(candidates[0]!.path, baud);
  const others = ports.filter((one) => !isCandidate(one)).map(unasked);
  const ids = [...new Set(usb.map((one) => `${one.vendorId}:${one.productId} (${one.what})`))].join(', ');
  if (candidates.length === 0) throw notFound(profile.id, `none has one of its USB ids: ${ids}`, others);
  const asked = await Promise.all(candidates.map((listed) => ask(listed, search, baud)));
  const right = asked.filter((one) => 'identity' in one && one.identity.profile === profile.id) as Answered[];
  for (const one of asked) if ('port' in one && (right.length !== 1 || one !== right[0])) one.port.close();
  if (right.length === 1) return right[0]!.port;
  if (right.length > 1) throw ambiguous(profile.id, right);
  throw notFound(profile.id, `none of ${counted(asked.length, 'port')} answers as one`, [
    ...asked.map(whyNot),
    ...others,
  ]);
}

async function ask(listed: ListedPort, { open, time, number, policy = {} }: PortSearch, baud: number): Promise<Asked> {
  let port: Port | null = null;
  try {
    port = await open(listed.path, baud);
    return { listed, port, identity: await whoAnswers({ port, time, number, policy }) };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    const suspect = port?.suspect?.() ?? null;
    return { listed, why: `${error.details.what}${suspect === null ? '' : ` (${suspect})`}` };
  }
}

function whyNot(asked: Asked): string {
  const why = 'why' in asked ? asked.why : `its firmware is of the profile ${asked.identity.profile}`;
  return `${called(asked.listed)}: ${why}`;
}

function unasked(port: ListedPort): string {
  return `${called(port)}: not opened`;
}

function called({ path, vendorId, productId, product }: ListedPort): string {
  return `${path} ${vendorId}:${productId}${product === '' ? '' : ` "${product}"`}`;
}

function notFound(id: string, why: string, seen: readonly string[]): WherryError {
  return new WherryError(discoveryDiagnostics.DEVICE_NOT_FOUND, {
    what: `no port is that of ${id}: ${seen.length === 0 ? 'no USB port is there at all' : `${why}; seen: ${seen.join('; ')}`}`,
    next:
      seen.length === 0
        ? 'plug the board in with a cable that carries data; a port that is not on USB is named by --port PATH'
        : 'plug the board in and flash the firmware with the agent; a board with another bridge is named by --port PATH',
  });
}

function ambiguous(id: string, right: readonly Answered[]): WherryError {
  const devices = right.map(
    ({ listed, identity }) => `${called(listed)}: firmware ${identity.firmware}, model ${identity.model.slice(0, 12)}…`,
  );
  return new WherryError(discoveryDiagnostics.DEVICE_AMBIGUOUS, {
    what: `${right.length} devices answer as ${id}: ${devices.join('; ')}`,
    next: `name the one that is meant, e.g. --port ${right[0]!.listed.path}`,
  });
}
