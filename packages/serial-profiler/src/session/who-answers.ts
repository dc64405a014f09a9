// Asks what is behind a port who it is, whoever that may be.
import { Link } from '../link/link.js';
import { usualPolicy } from '../link/policy.js';
import { explained } from './explained.js';
import { askIdentity, type Identity } from './greet.js';
import type { SessionRequest } from './session.js';

/** The port stays open for a session. Throws WherryError, and closes it, where nothing answers. */
export async function whoAnswers({ port, time, number, policy }: Omit<SessionRequest, 'expected'>): Promise<Identity> {
  const link = new Link({ port, time, policy: { ...usualPolicy, ...policy }, firstRequest: number() });
  try {
    // 0 is none.
    return await askIdentity(link, 1 + (number() % 0xffff_ffff));
  } catch (error) {
    link.close();
    throw explained(link, error);
  }
}
