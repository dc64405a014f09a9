// The part of WebAssembly's interface that kernels of this project use: the language's own types have it for browsers only.

/** Sizes are in pages of 64 KiB. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Detaches `buffer`. Throws RangeError when there is not so much. */
  grow(pages: number): number;
}

/** Compiled, and not looked into. */
export interface Module {
  readonly [Symbol.toStringTag]: string;
}

interface WebAssembly {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (
    module: Module,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: object };
  readonly Memory: new (limits: { readonly initial: number }) => Memory;
}

/** Undefined where the process was started without it. */
export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssembly }).WebAssembly;
