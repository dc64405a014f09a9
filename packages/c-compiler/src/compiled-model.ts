// What goes into the compiler and what comes out, as plain values.
import type { CFragment, ConstantPlacement, ModelNames } from '@wherry/c-source';
import type { Graph } from '@wherry/graph';
import type { Core } from './kernel-variant.js';
import type { Layout, Places } from './memory/layout.js';

export interface CompileRequest extends Core {
  /** Quantized; its constants are those of the model. */
  readonly graph: Graph;
  readonly names: ModelNames;
  /** What the files are called after: `kws` gives kws.h and kws.c. */
  readonly name: string;
  /** What stands at the head of the files, a line for each. */
  readonly banner: readonly string[];
  /** Absent: where constants go. */
  readonly placement?: ConstantPlacement;
}

/** Memory of the compiled model, in bytes. */
export interface CompiledMemory {
  /** The arena: everything that is written while it runs, but the stack, with what is kept from run to run. */
  readonly arena: number;
  /** The least that any plan without overlaps needs: the most that is in use at once. */
  readonly withoutOverlaps: number;
  /** Constants: weights, tables, settings of 4 bytes a number. */
  readonly constants: number;
  /** Functions of math.h are called: they come on top of the flash. */
  readonly callsMath: boolean;
  /** Some layer's kernel is for the vector unit that was named. */
  readonly usesVectorUnit: boolean;
  /** The layer at which most is live. */
  readonly peakLayer: string;
}

/** Where everything lies in the arena. */
export type CompiledArena = Layout & Places;

export interface CompiledModel {
  readonly arena: CompiledArena;
  /** Text by file name. */
  readonly files: ReadonlyMap<string, CFragment>;
  readonly memory: CompiledMemory;
}
