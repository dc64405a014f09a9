// Reads the parts of a FlatBuffer, and refuses every part that does not lie, aligned, inside of it.
import { tfliteDiagnostics } from '../diagnostics.js';
import { refuse } from '../refuse.js';

/** The furthest that a signed 32-bit offset reaches. */
export const maxFileBytes = 2 ** 31 - 1;

/** Model > subgraph > tensor > sparsity > dimension > index vector is the deepest that the schema goes. */
const maxDepth = 8;

/**
 * How many bytes may be visited for each byte of the file. Parts may be shared (a vector of equal zero points by all
 * layers), so more than 1; but without a bound a small file can unfold without end.
 */
const maxVisitsPerByte = 4;
const freeVisits = 1 << 20;

/** A table in the file: where it stands, and where its fields are. */
export interface TablePosition {
  readonly at: number;
  /** Bytes of the inline part. */
  readonly size: number;
  readonly vtable: number;
  readonly slots: number;
}

/** A vector's elements. */
export interface VectorPosition {
  readonly at: number;
  readonly length: number;
}

/** Lives as long as one file is being read; keeps the path of the field under the eye for messages. */
export class FlatbufferReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  private readonly alignedData: boolean;
  private readonly path: (string | number)[] = [];
  private depth = 0;
  private visitsLeft: number;
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array, alignedData: boolean) {
    this.bytes = bytes;
    this.alignedData = alignedData;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.visitsLeft = freeVisits + maxVisitsPerByte * bytes.byteLength;
  }

  /** Reads something with `step` added to the path of messages. */
  within<T>(step: string | number, read: () => T): T {
    this.path.push(step);
    const result = read();
    this.path.pop();
    return result;
  }

  /** Reads what a table holds; refuses nesting that the schema cannot have. */
  deeper<T>(at: number, read: () => T): T {
    if (this.depth >= maxDepth) this.refuseLimit(`tables are nested more than ${maxDepth} deep`, at);
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }

  refuseStructure(what: string, at: number): never {
    refuse(tfliteDiagnostics.TFLITE_STRUCTURE, what, this.pathText(), at);
  }

  refuseNewer(what: string, at: number): never {
    refuse(tfliteDiagnostics.TFLITE_NEWER_SCHEMA, what, this.pathText(), at);
  }

  private refuseLimit(what: string, at: number): never {
    refuse(tfliteDiagnostics.TFLITE_LIMIT, what, this.pathText(), at);
  }

  private pathText(): string {
    const text = this.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return text === '' ? 'model' : text.replace(/^\./, '');
  }

  private visit(bytes: number, at: number): void {
    this.visitsLeft -= bytes;
    if (this.visitsLeft < 0) this.refuseLimit('the parts of the file refer to each other beyond measure', at);
  }

  private inside(at: number, size: number, what: string): void {
    if (at < 0 || at + size > this.bytes.byteLength) {
      this.refuseStructure(`${what} needs ${size} bytes at ${at} of a file of ${this.bytes.byteLength}`, at);
    }
  }

  private aligned(at: number, alignment: number, what: string): void {
    if (at % alignment !== 0) this.refuseStructure(`${what} at ${at} is not aligned to ${alignment} bytes`, at);
  }

  /** Follows the offset that stands at `at`. */
  follow(at: number, what: string): number {
    this.inside(at, 4, 'an offset');
    this.aligned(at, 4, 'an offset');
    const target = at + this.view.getUint32(at, true);
    if (target === at || target >= this.bytes.byteLength) {
      this.refuseStructure(`the offset to ${what} leads to ${target} of a file of ${this.bytes.byteLength}`, at);
    }
    return target;
  }

  table(at: number): TablePosition {
    this.inside(at, 4, 'a table');
    this.aligned(at, 4, 'a table');
    const vtable = at - this.view.getInt32(at, true);
    this.inside(vtable, 4, 'a vtable');
    this.aligned(vtable, 2, 'a vtable');
    const vtableSize = this.view.getUint16(vtable, true);
    if (vtableSize < 4 || vtableSize % 2 !== 0)
      this.refuseStructure(`a vtable cannot have ${vtableSize} bytes`, vtable);
    this.inside(vtable, vtableSize, 'a vtable');
    const size = this.view.getUint16(vtable + 2, true);
    if (size < 4) this.refuseStructure(`a table cannot have ${size} bytes`, vtable + 2);
    this.inside(at, size, 'a table');
    this.visit(size + vtableSize, at);
    return { at, size, vtable, slots: vtableSize / 2 - 2 };
  }

  /** Where field `id` of `size` bytes stands in the file, or undefined when the table has none. */
  field(table: TablePosition, id: number, size: number): number | undefined {
    if (id >= table.slots) return undefined;
    const offset = this.view.getUint16(table.vtable + 4 + 2 * id, true);
    if (offset === 0) return undefined;
    const at = table.at + offset;
    if (offset < 4 || offset + size > table.size) this.refuseStructure('a field lies outside of its table', at);
    this.aligned(at, size, 'a field');
    return at;
  }

  /**
   * `align`: what the schema asks for beyond the size of an element. Many files in circulation do not keep to it, nor to
   * the 8 bytes of int64 elements, and readers of bytes do not need it, so that only `alignedData` enforces it.
   */
  vector(at: number, elementSize: number, align: number): VectorPosition {
    this.inside(at, 4, 'a vector');
    this.aligned(at, 4, 'a vector');
    const length = this.view.getUint32(at, true);
    const start = at + 4;
    this.inside(start, length * elementSize, 'a vector');
    if (length > 0)
      this.aligned(start, this.alignedData ? Math.max(elementSize, align) : Math.min(elementSize, 4), 'vector data');
    return { at: start, length };
  }

  /** The elements of a vector, one by one. Bytes are not visited: they stay where they are. */
  elements<T>(vector: VectorPosition, elementSize: number, read: (at: number) => T): T[] {
    this.visit(vector.length * elementSize + 4, vector.at);
    const result: T[] = [];
    for (let i = 0; i < vector.length; i++) result.push(read(vector.at + i * elementSize));
    return result;
  }

  string(at: number): string {
    const { at: start, length } = this.vector(at, 1, 1);
    this.visit(length + 4, start);
    this.inside(start, length + 1, 'a string with its terminator');
    if (this.bytes[start + length] !== 0) this.refuseStructure('a string is not terminated', start + length);
    try {
      return this.utf8.decode(this.bytes.subarray(start, start + length));
    } catch {
      return this.refuseStructure('a string is not UTF-8', start);
    }
  }
}
