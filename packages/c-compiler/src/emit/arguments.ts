// The arguments of one call: what stands in the call itself, and the constants that are declared for it.
import {
  anyFloat,
  c,
  floatList,
  integer,
  integerList,
  longList,
  type CFragment,
  type ModelNames,
} from '@wherry/c-source';
import type { DataType, Tensor } from '@wherry/graph';
import type { Argument, ArrayType, KernelCall } from '../kernel-call.js';
import type { OperatorContext } from '../operator-context.js';
import { ownName } from './kernel-text.js';
import { initializer, literal } from './settings.js';

/** A call as source text. */
export interface CallText {
  /** Constants at file scope. */
  readonly declarations: readonly CFragment[];
  /** Variables of the block that the call stands in. */
  readonly variables: readonly CFragment[];
  readonly statement: CFragment;
  /** Bytes of the constants. */
  readonly bytes: number;
}

type OperandArgument = Extract<Argument, { readonly is: 'input' | 'output' | 'state' }>;

/** Where operands lie: an expression for a pointer to the first byte. Undefined for constants. */
export type PlaceOf = (operand: OperandArgument) => CFragment | undefined;

interface Written {
  readonly text: CFragment;
  readonly declaration?: CFragment;
  readonly variable?: CFragment;
  readonly bytes?: number;
}

const pointerTypes: { readonly [K in DataType]: CFragment } = {
  float32: c`float`,
  float16: c`uint16_t`,
  float64: c`double`,
  int4: c`int8_t`,
  int8: c`int8_t`,
  int16: c`int16_t`,
  int32: c`int32_t`,
  int64: c`int64_t`,
  uint8: c`uint8_t`,
  uint16: c`uint16_t`,
  uint32: c`uint32_t`,
  uint64: c`uint64_t`,
  bool: c`uint8_t`,
};

/** The type of a tensor's elements in C. */
export function elementType({ dtype }: Pick<Tensor, 'dtype'>): CFragment {
  return pointerTypes[dtype];
}

/** The values of an output that nothing computes. Types of 8 to 32 bits, or float32: `compileModel` has seen to it. */
export function constantValues(name: CFragment, tensor: Tensor): CFragment {
  const data = tensor.data!;
  const list = data instanceof Float32Array ? floatList(data) : integerList(data as Int32Array);
  return c`static const ${elementType(tensor)} ${name}[${integer(data.length)}] = {\n${list}\n};`;
}

const arrayTypes: { readonly [K in ArrayType]: { readonly type: CFragment; readonly bytes: number } } = {
  int8_t: { type: c`int8_t`, bytes: 1 },
  int16_t: { type: c`int16_t`, bytes: 2 },
  uint16_t: { type: c`uint16_t`, bytes: 2 },
  int32_t: { type: c`int32_t`, bytes: 4 },
  float: { type: c`float`, bytes: 4 },
};

export class CallWriter {
  readonly #source: string;
  readonly #names: ModelNames;
  readonly #prefix: string;
  readonly #context: OperatorContext;
  readonly #placeOf: PlaceOf;
  readonly #scratch: CFragment;

  /** `source`: text of the kernels. `prefix`: begins the names of the constants. `scratch`: a pointer to the call's memory. */
  constructor(
    source: string,
    names: ModelNames,
    prefix: string,
    context: OperatorContext,
    placeOf: PlaceOf,
    scratch: CFragment,
  ) {
    this.#source = source;
    this.#names = names;
    this.#prefix = prefix;
    this.#context = context;
    this.#placeOf = placeOf;
    this.#scratch = scratch;
  }

  write(call: KernelCall): CallText {
    const written = call.arguments.map((argument) => this.#argument(argument));
    const list = written.flatMap(({ text }, i) => (i === 0 ? [text] : [c`, ${text}`]));
    return {
      declarations: written.flatMap(({ declaration }) => (declaration === undefined ? [] : [declaration])),
      variables: written.flatMap(({ variable }) => (variable === undefined ? [] : [variable])),
      statement: c`${ownName(call.kernel, this.#names)}(${list.reduce((all, one) => c`${all}${one}`, c``)});`,
      bytes: written.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    };
  }

  #argument(argument: Argument): Written {
    switch (argument.is) {
      case 'integer':
        return { text: literal(argument.value) };
      case 'float':
        return { text: anyFloat(argument.value) };
      case 'pointers':
        return { text: c`taps`, variable: c`const int8_t *taps[${integer(argument.count)}];` };
      case 'scratch':
        return { text: argument.bytes === 0 ? c`0` : c`(int8_t *)(${this.#scratch})` };
      case 'array':
        return this.#array(argument.name, argument.type, argument.values);
      case 'longs':
        return this.#longs(argument);
      case 'records':
        return this.#records(argument);
      case 'settings':
        return this.#settings(argument);
      default:
        return this.#operand(argument);
    }
  }

  #operand(operand: OperandArgument): Written {
    const { is, position } = operand;
    const tensor = (is === 'output' ? this.#context.outputs : this.#context.inputs)[position]!;
    const place = this.#placeOf(operand);
    if (place === undefined) return this.#constant(`input_${position}`, tensor);
    const type = elementType(tensor);
    // Through void, as the place is one of bytes; its alignment is the plan's care.
    return { text: is === 'input' ? c`(const ${type} *)(const void *)(${place})` : c`(${type} *)(void *)(${place})` };
  }

  /** A constant in the place of an input, aligned as its type is; values of 8 bits as their bytes. */
  #constant(name: string, tensor: Tensor): Written {
    const data = tensor.data!;
    if (tensor.dtype === 'float32') return this.#array(name, 'float', data as Float32Array);
    if (tensor.dtype === 'int8' || tensor.dtype === 'int4') return this.#array(name, 'int8_t', data as Int8Array);
    if (tensor.dtype === 'int16') return this.#array(name, 'int16_t', data as Int16Array);
    if (tensor.dtype === 'int32') return this.#array(name, 'int32_t', data as Int32Array);
    if (tensor.dtype === 'float16') return this.#array(name, 'uint16_t', data as Uint16Array);
    if (data instanceof BigInt64Array) return this.#longs({ is: 'longs', name, values: data });
    const bytes = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
    const { declaration, text } = this.#array(name, 'int8_t', bytes);
    return { declaration: declaration!, text: c`(const void *)${text}`, bytes: bytes.length };
  }

  #array(name: string, type: ArrayType, values: ArrayLike<number>): Written {
    const full = this.#names.lower(`${this.#prefix}_${name}`);
    const list = type === 'float' ? floatList(values) : integerList(values);
    return {
      text: full,
      declaration: c`static const ${arrayTypes[type].type} ${full}[${integer(values.length)}] = {\n${list}\n};`,
      bytes: values.length * arrayTypes[type].bytes,
    };
  }

  #longs({ name, values }: Extract<Argument, { is: 'longs' }>): Written {
    const full = this.#names.lower(`${this.#prefix}_${name}`);
    return {
      text: full,
      declaration: c`static const int64_t ${full}[${integer(values.length)}] = {\n${longList(values)}\n};`,
      bytes: values.byteLength,
    };
  }

  #records({ name, type, records }: Extract<Argument, { is: 'records' }>): Written {
    const full = this.#names.lower(`${this.#prefix}_${name}`);
    const list = records.map((values) => initializer(this.#source, type, values));
    const joined = list.reduce((all, one, i) => (i === 0 ? one : c`${all},\n${one}`), c``);
    return {
      text: full,
      declaration: c`static const ${ownName(type, this.#names)} ${full}[${integer(records.length)}] = {\n${joined}\n};`,
      bytes: 4 * records.reduce((sum, values) => sum + numbersIn(values), 0),
    };
  }

  #settings({ name, type, values }: Extract<Argument, { is: 'settings' }>): Written {
    const full = this.#names.lower(`${this.#prefix}_${name}`);
    return {
      text: c`&${full}`,
      declaration: c`static const ${ownName(type, this.#names)} ${full} = ${initializer(this.#source, type, values)};`,
      bytes: 4 * numbersIn(values),
    };
  }
}

function numbersIn(values: object): number {
  let numbers = 0;
  for (const value of Object.values(values) as (number | object)[])
    numbers += typeof value === 'number' ? 1 : numbersIn(value);
  return numbers;
}
