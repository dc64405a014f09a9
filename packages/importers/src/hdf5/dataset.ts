// A dataset: its shape and type at once, its elements when asked for.
import type { Attribute } from './attribute.js';
import { readChunkedData } from './chunked-data.js';
import { countElements, readDataspace } from './dataspace.js';
import { readDatatype, type Datatype } from './datatype.js';
import { readFilterPipeline } from './filter-pipeline.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { readLayout } from './layout.js';
import { findMessage, messageType, restart, type HeaderMessage } from './object-header.js';
import { invalid, noStorage, outsideFile } from './refuse.js';
import { decodeValues, type Values } from './values.js';

export interface Hdf5Dataset {
  readonly kind: 'dataset';
  readonly path: string;
  /** null: a dataset without any element. [] is a scalar. */
  readonly shape: readonly number[] | null;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** All elements in C order. Refuses values that are not stored in this file, and types other than numbers and strings. */
  read(): Values;
}

export function openDataset(
  file: Hdf5File,
  path: string,
  messages: readonly HeaderMessage[],
  attributes: ReadonlyMap<string, Attribute>,
): Hdf5Dataset {
  if (messages.some((message) => message.type === messageType.externalFiles)) {
    outsideFile('a dataset keeps its values in external files', path);
  }
  const space = findMessage(messages, messageType.dataspace) ?? invalid('a dataset has no shape', path);
  const dataspace = readDataspace(space);
  const shape = dataspace === null ? null : dataspace.shape;
  const read = (): Values => {
    const typeMessage = findMessage(messages, messageType.datatype) ?? invalid('a dataset has no type', path);
    const type = readDatatype(typeMessage);
    const count = shape === null ? 0 : countElements(shape, path);
    const bytes =
      count === 0 ? new Uint8Array(0) : readBytes(file, path, messages, type, shape ?? [], dataspace?.resizable ?? []);
    file.budget.decode(bytes.length, path);
    return decodeValues(file, type, count, bytes, path);
  };
  return { kind: 'dataset', path, shape, attributes, read };
}

function readBytes(
  file: Hdf5File,
  path: string,
  messages: readonly HeaderMessage[],
  type: Datatype,
  shape: readonly number[],
  resizable: readonly boolean[],
): Uint8Array {
  const body = findMessage(messages, messageType.layout) ?? invalid('a dataset has no layout', path);
  const layout = readLayout(restart(body));
  const bytes = countElements(shape, path) * type.size;
  if (layout.kind === 'chunked') {
    if (layout.elementBytes !== type.size)
      invalid('the chunks and the type of a dataset differ in the size of an element', path);
    const pipeline = findMessage(messages, messageType.filterPipeline);
    const filters = pipeline === undefined ? [] : readFilterPipeline(pipeline);
    return readChunkedData({ file, layout, filters, shape, resizable, where: path });
  }
  if (layout.kind === 'compact') {
    if (layout.bytes.length !== bytes) invalid(`a dataset of ${bytes} bytes has ${layout.bytes.length} stored`, path);
    return layout.bytes;
  }
  if (layout.address === undefined) noStorage('its values were never written', path);
  if (layout.length !== bytes) invalid(`a dataset of ${bytes} bytes has ${layout.length} stored`, path);
  file.budget.decode(bytes, path);
  return cursorAt(file, layout.address, bytes, 'a dataset').bytes(bytes);
}
