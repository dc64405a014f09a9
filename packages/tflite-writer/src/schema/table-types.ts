// The TypeScript types of the tables, derived from their description.
import type { enums } from './enums.js';
import type { ScalarName } from './field-notation.js';
import type { TableName, tables } from './tables.js';
import type { unions } from './unions.js';

type Enums = typeof enums;
type Unions = typeof unions;
type Tables = typeof tables;

/** The names of an enum. */
export type EnumValue<E extends keyof Enums> = Enums[E]['names'][number];

/** A table with its name, where the schema has a union. */
export type UnionOf<N extends TableName> = { readonly [K in N]: { readonly type: K; readonly value: Table<K> } }[N];

type Scalar<S extends ScalarName> = S extends 'bool' ? boolean : S extends 'long' | 'ulong' ? bigint : number;

/** Bytes are a view into the file or whatever the caller gives; other scalars are plain arrays. */
type Vector<E extends string> = E extends 'ubyte' ? Uint8Array : readonly Value<E>[];

type Value<T extends string> = T extends `[${infer E}]`
  ? Vector<E>
  : T extends ScalarName
    ? Scalar<T>
    : T extends keyof Enums
      ? EnumValue<T>
      : T extends 'string'
        ? string
        : T extends keyof Unions
          ? UnionOf<Unions[T][number]>
          : T extends TableName
            ? Table<T>
            : never;

type Base<Notation> = Notation extends `${infer T} ${string}` ? T : Notation & string;

type Live<N extends TableName> = {
  [K in keyof Tables[N]]: Tables[N][K] extends `deprecated ${string}` ? never : K;
}[keyof Tables[N]];

type Always<N extends TableName> = {
  [K in Live<N>]: Base<Tables[N][K]> extends ScalarName | keyof Enums ? K : never;
}[Live<N>];

/**
 * A table as a plain value. Scalars and enums are always there (a default stands for a field that is not in the file);
 * strings, vectors, tables and unions only when the file has them: an empty vector and no vector are two things.
 */
export type Table<N extends TableName> = { readonly [K in Always<N>]: Value<Base<Tables[N][K]>> } & {
  readonly [K in Exclude<Live<N>, Always<N>>]?: Value<Base<Tables[N][K]>> | undefined;
};

/** What `encode` takes: the same, with scalars that may be left out where the default is meant. */
export type TableInit<N extends TableName> = Init<Table<N>>;

type Init<T> = T extends Uint8Array | string | number | bigint | boolean | undefined
  ? T
  : T extends readonly (infer E)[]
    ? readonly Init<E>[]
    : T extends { readonly type: infer K; readonly value: infer V }
      ? { readonly type: K; readonly value: Init<V> }
      : { readonly [K in keyof T]?: Init<T[K]> | undefined };

export type TfliteModel = Table<'Model'>;
export type TfliteModelInit = TableInit<'Model'>;
export type SubGraph = Table<'SubGraph'>;
export type TfliteTensor = Table<'Tensor'>;
export type Operator = Table<'Operator'>;
export type OperatorCode = Table<'OperatorCode'>;
export type TensorType = EnumValue<'TensorType'>;
export type BuiltinOperator = EnumValue<'BuiltinOperator'>;
export type BuiltinOptions = UnionOf<Unions['BuiltinOptions'][number]>;
