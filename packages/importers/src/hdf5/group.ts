// A group: the objects it links to, opened when asked for.
import { readAttributes, type Attribute } from './attribute.js';
import { openDataset, type Hdf5Dataset } from './dataset.js';
import type { Hdf5File } from './hdf5-file.js';
import { insideFile, readDenseLinks, readLink, type Link } from './link.js';
import { findMessage, messageType, readObjectHeader, restart, type HeaderMessage } from './object-header.js';
import { invalid, unsupported } from './refuse.js';
import { readSymbolTable } from './symbol-table.js';

export interface Hdf5Group {
  readonly kind: 'group';
  /** From the root, `/` between names, without a leading one; '' is the root. */
  readonly path: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Sorted by code unit. */
  readonly names: readonly string[];
  /**
   * The object at `path`, names separated by `/`, or undefined when there is none. Refuses links into other files and
   * soft links that lead back to themselves.
   */
  open(path: string): Hdf5Group | Hdf5Dataset | undefined;
}

type Hdf5Object = Hdf5Group | Hdf5Dataset;

/** Follows links of one file; keeps the objects that were opened. */
interface Resolver {
  readonly file: Hdf5File;
  readonly root: () => Hdf5Group;
  readonly opened: Map<string, Hdf5Object>;
  /** How many soft links are being followed inside one another. */
  readonly softLinks: { depth: number };
}

const MAX_SOFT_LINKS = 16;
const MAX_PATH = 128;

export function openRoot(file: Hdf5File, rootHeader: number): Hdf5Group {
  const resolver: Resolver = { file, root: () => root, opened: new Map(), softLinks: { depth: 0 } };
  const opened = openObject(resolver, rootHeader, '');
  const root =
    opened.kind === 'group' ? opened : invalid('the root of the file is not a group', file.base + rootHeader);
  return root;
}

function openObject(resolver: Resolver, address: number, path: string): Hdf5Object {
  const { file } = resolver;
  const messages = readObjectHeader(file, address);
  const attributes = readAttributes(file, messages);
  const has = (type: number): boolean => messages.some((message) => message.type === type);
  if (has(messageType.layout)) return openDataset(file, path, messages, attributes);
  if (has(messageType.datatype)) return unsupported('a name refers to a committed datatype', path);
  if (!has(messageType.symbolTable) && !has(messageType.linkInfo) && !has(messageType.link)) {
    return invalid('an object is neither a group nor a dataset', path === '' ? file.base + address : path);
  }
  const links = readLinks(file, messages, path);
  return {
    kind: 'group',
    path,
    attributes,
    names: [...links.keys()].sort(),
    open: (name) => openPath(resolver, path, links, name),
  };
}

function readLinks(file: Hdf5File, messages: readonly HeaderMessage[], path: string): ReadonlyMap<string, Link> {
  const table = findMessage(messages, messageType.symbolTable);
  const info = findMessage(messages, messageType.linkInfo);
  const list = [
    ...(table === undefined ? [] : readSymbolTable(file, table)),
    ...messages
      .filter((message) => message.type === messageType.link)
      .map((message) => readLink(restart(message.body))),
    ...(info === undefined ? [] : readDenseLinks(file, info)),
  ];
  const links = new Map<string, Link>();
  for (const link of list) {
    if (links.has(link.name)) invalid(`a group has two objects named ${link.name}`, path);
    links.set(link.name, link);
  }
  return links;
}

function openPath(
  resolver: Resolver,
  base: string,
  links: ReadonlyMap<string, Link>,
  path: string,
): Hdf5Object | undefined {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length > MAX_PATH) invalid(`a path has ${names.length} names`, base);
  const [first, ...rest] = names;
  if (first === undefined) return invalid('an object is asked for by an empty name', base);
  const link = links.get(first);
  if (link === undefined) return undefined;
  const object = follow(resolver, base, links, insideFile(link));
  if (rest.length === 0 || object === undefined) return object;
  return object.kind === 'group' ? object.open(rest.join('/')) : undefined;
}

function follow(
  resolver: Resolver,
  base: string,
  links: ReadonlyMap<string, Link>,
  link: ReturnType<typeof insideFile>,
): Hdf5Object | undefined {
  const path = base === '' ? link.name : `${base}/${link.name}`;
  const known = resolver.opened.get(path);
  if (known !== undefined) return known;
  const object =
    link.kind === 'soft'
      ? followSoft(resolver, base, links, link.path, path)
      : openObject(resolver, link.address, path);
  if (object !== undefined) resolver.opened.set(path, object);
  return object;
}

function followSoft(
  resolver: Resolver,
  base: string,
  links: ReadonlyMap<string, Link>,
  target: string,
  path: string,
): Hdf5Object | undefined {
  if (resolver.softLinks.depth >= MAX_SOFT_LINKS) invalid('soft links lead back to themselves', path);
  resolver.file.budget.spend(target.length);
  resolver.softLinks.depth++;
  try {
    return target.startsWith('/') ? resolver.root().open(target) : openPath(resolver, base, links, target);
  } finally {
    resolver.softLinks.depth--;
  }
}
