// What a device holds of a conversation, and what a restart takes from it.
import { inputsDigest } from '../tensor-digest.js';
import type { ModelRun, SimulatedModel } from './reference-model.js';

export interface HeldRun extends ModelRun {
  readonly number: number;
  readonly count: number;
  /** Timed and untimed. */
  readonly inferences: number;
  /** SHA-256 of the inputs. */
  readonly inputs: string;
  /** Operators executed of the last inference. */
  executed: number;
  /** Operators after which it stands; more than there are: it is over. */
  stop: number;
}

export class DeviceMemory {
  conversation = 0;
  run: HeldRun | null = null;
  readonly inputs: Uint8Array[];
  readonly #model: SimulatedModel;

  constructor(model: SimulatedModel) {
    this.#model = model;
    // What memory holds at the start is anything.
    this.inputs = model.layout.inputs.map((bytes) => new Uint8Array(bytes).fill(0xa5));
  }

  begin(conversation: number): void {
    if (conversation !== this.conversation) this.run = null;
    this.conversation = conversation;
  }

  get stands(): boolean {
    return this.run !== null && this.run.stop === this.run.executed;
  }

  start(number: number, count: number, warmUp: number): HeldRun {
    const inputs = inputsDigest(this.inputs);
    const made = this.#model.run(this.inputs);
    // They lie in the arena, where the run writes over them.
    for (const input of this.inputs) input.fill(0x5a);
    this.run = { ...made, number, count, inferences: count + warmUp, inputs, executed: 0, stop: 0 };
    return this.run;
  }

  /** Executes up to the stop, or to the end. Returns ticks. */
  goOn(run: HeldRun, stop: number): number {
    const { operators } = this.#model.layout;
    const until = Math.min(stop, operators);
    const passed = this.#model.ticks.slice(run.executed, until).reduce((sum, one) => sum + one, 0);
    run.executed = until;
    run.stop = stop;
    return passed;
  }
}
