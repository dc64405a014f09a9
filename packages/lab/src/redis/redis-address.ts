// Where Redis is, as users write it, and what of that may be shown.
import { WherryError } from '@wherry/graph';
import { labDiagnostics } from '../diagnostics.js';

export interface RedisAddress {
  /** Without the password. */
  readonly shown: string;
  /** As the client takes it: a URL, or the path of a socket. */
  readonly url: string;
}

const next =
  'give redis://HOST:PORT, rediss://USER:PASSWORD@HOST:PORT/DATABASE or unix:///PATH with --redis, or in WHERRY_REDIS';

/** Throws LAB_REDIS_ADDRESS. */
export function parseRedisAddress(text: string): RedisAddress {
  const refused = (what: string): WherryError => new WherryError(labDiagnostics.LAB_REDIS_ADDRESS, { what, next });
  const socket = /^unix:\/\/(\/.*)$/.exec(text)?.[1];
  if (socket !== undefined) return { shown: `unix://${socket}`, url: socket };
  if (!URL.canParse(text)) throw refused(text === '' ? 'it is empty' : 'it is no URL');
  const { protocol, host, hostname, pathname, search, hash } = new URL(text);
  if (protocol !== 'redis:' && protocol !== 'rediss:') throw refused(`it starts with ${protocol}//`);
  if (hostname === '') throw refused('it names no host');
  // The client would take them for options of its own.
  if (search !== '' || hash !== '') throw refused('something follows a ? or a #');
  if (!/^\/?[0-9]{0,5}$/.test(pathname)) throw refused(`"${pathname}" is no number of a database`);
  return { shown: `${protocol}//${host}${pathname}`, url: text };
}
