// What a training works with while it lasts: the graph, its variables, the optimizer, and what the float model gives.
import type { TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { isPlain } from './augment.js';
import { batchesOf, inputTensors, type Batch, type TrainingSample } from './batches.js';
import type { EpochFigures, TrainingState } from './checkpoint.js';
import type { DifferentiableEngine, DifferentiableGraph } from './differentiable.js';
import { fakeQuantized, type Watch } from './fake-quantized.js';
import type { Interval } from './formats.js';
import { distillationLoss, truthLoss } from './losses.js';
import { Optimizer } from './optimizer.js';
import { rateAt } from './schedule.js';
import { SettledWeights } from './settled-weights.js';
import { maskOf, sparsityAt, zeroMask } from './sparsity.js';
import { Trainables } from './trainables.js';
import type { TrainingHooks, TrainingTask } from './train.js';
import type { TrainingSettings } from './training-settings.js';

/** How much of the weights goes into their average with each step, at most: that is what is judged and kept. */
const averageShare = 0.02;

/** How much of a range of the latest batch goes into the moving average. */
const followShare = 0.05;

/** Lives as long as one training; `dispose` frees what it holds outside of JavaScript's heap. */
export class Session {
  readonly #graph: DifferentiableGraph;
  readonly #teacher: DifferentiableGraph;
  readonly #trainables: Trainables;
  readonly #optimizer: Optimizer;
  readonly #settled: SettledWeights;
  /** What the float model gives for samples as they are, by sample and head: found when first asked for. */
  readonly #followed = new Map<TrainingSample, readonly Float32Array[]>();

  constructor(
    private readonly engine: DifferentiableEngine,
    private readonly task: TrainingTask,
    private readonly settings: TrainingSettings,
  ) {
    const { tf } = engine;
    this.#graph = engine.differentiable(task.graph);
    this.#teacher = engine.differentiable(task.teacher);
    this.#trainables = new Trainables(tf, task.graph, task.formats, task.ranges, settings.ranges);
    this.#optimizer = new Optimizer(tf, settings.optimizer, settings.rate);
    this.#settled = new SettledWeights(this.#trainables.shares());
    if (settings.keepZeros || settings.sparsity > 0)
      for (const id of this.#trainables.weights) this.#trainables.mask(id, zeroMask(task.unquantized, id));
  }

  get isEmpty(): boolean {
    return this.#trainables.trained.length === 0;
  }

  /** The state before the first epoch. */
  async begin(): Promise<TrainingState> {
    this.#trainables.average(1);
    const current = await this.values();
    const heldBack = await this.#judgedLoss();
    return {
      ...current,
      epoch: 0,
      history: [{ epoch: 0, loss: heldBack, heldBack }],
      best: { epoch: 0, heldBack },
      bestVariables: current.variables,
      bestMasks: current.masks,
    };
  }

  async values(): Promise<Pick<TrainingState, 'variables' | 'averages' | 'optimizer' | 'settled' | 'masks'>> {
    const masks = this.#trainables.weights.flatMap((id) => {
      const values = this.#trainables.maskOf(id);
      return values === undefined ? [] : [{ name: String(id), shape: [values.length], values }];
    });
    return {
      variables: await this.#trainables.values(),
      averages: await this.#trainables.averages(),
      optimizer: await this.#optimizer.values(),
      settled: this.#settled.values(),
      masks,
    };
  }

  async restore({
    variables,
    averages,
    optimizer,
    settled,
    masks,
  }: Pick<TrainingState, 'variables' | 'averages' | 'optimizer' | 'settled' | 'masks'>): Promise<void> {
    this.#trainables.restore(variables);
    this.#trainables.restoreAverages(averages);
    for (const { name, values } of masks) this.#trainables.mask(Number(name), values);
    this.#settled.restore(settled);
    await this.#optimizer.restore(optimizer);
  }

  /** `done`: epochs before this one. */
  async epoch(done: number, { step, signal }: Pick<TrainingHooks, 'step' | 'signal'>): Promise<EpochFigures> {
    const { settings, task } = this;
    if (settings.sparsity > 0) this.#prune(done);
    const batches = batchesOf(task.samples.length, settings, done);
    let [sum, position] = [0, 0];
    for (const batch of batches) {
      signal?.throwIfAborted();
      const rate = rateAt(settings, done * batches.length + position, batches.length);
      sum += (await this.#step(batch, done, rate)) * batch.length;
      const steps = done * batches.length + position + 1;
      this.#trainables.average(Math.max(averageShare, 1 / (steps + 1)));
      this.#settle(steps / (settings.epochs * batches.length));
      position += 1;
      step?.(position, batches.length);
      // Signals and timers have their turn.
      await this.engine.tf.nextFrame();
    }
    const current = await this.#trainables.values();
    this.#trainables.restore(await this.#trainables.averages());
    const heldBack = await this.#judgedLoss();
    this.#trainables.restore(current);
    return { epoch: done + 1, loss: sum / task.samples.length, heldBack };
  }

  result(): ReturnType<Trainables['result']> {
    return this.#trainables.result();
  }

  dispose(): void {
    this.#graph.dispose();
    this.#teacher.dispose();
    this.#trainables.dispose();
    this.#optimizer.dispose();
  }

  async #step(batch: Batch, epoch: number, rate: number): Promise<number> {
    const { tf } = this.engine;
    const { settings, task } = this;
    const seen = new Map<TensorId, Interval[]>();
    const watch: Watch = ({ group, fixed }, value) => {
      if (settings.ranges !== 'ema' || fixed !== undefined) return;
      const [min, max] = [tf.min(value).dataSync()[0]!, tf.max(value).dataSync()[0]!];
      seen.set(group, [...(seen.get(group) ?? []), { min, max }]);
    };
    const inputs = inputTensors(tf, task.graph, task.samples, batch, { settings, epoch });
    const followed = await this.#followedBy(task.samples, batch, inputs);
    const { value, grads } = tf.variableGrads(
      () => this.#loss(inputs, followed, task.samples, batch, watch) as Tfjs.Scalar,
      this.#trainables.trained,
    );
    this.#optimizer.apply(grads, rate);
    const [loss] = await value.data();
    tf.dispose([value, grads, inputs, followed]);
    for (const [group, all] of seen)
      this.#trainables.follow(
        group,
        { min: Math.min(...all.map(({ min }) => min)), max: Math.max(...all.map(({ max }) => max)) },
        followShare,
      );
    return loss!;
  }

  #loss(
    inputs: readonly Tfjs.Tensor[],
    followed: readonly Tfjs.Tensor[],
    samples: readonly TrainingSample[],
    batch: Batch,
    watch?: Watch,
  ): Tfjs.Tensor {
    const { tf } = this.engine;
    const { heads, formats } = this.task;
    const at = fakeQuantized(tf, formats, this.#trainables, watch);
    const outputs = this.#graph.run(inputs, { variables: this.#trainables.constants(), at });
    const losses = heads.flatMap((head, position) => {
      const given = outputs[position]!;
      const truth = this.settings.loss === 'distillation' ? undefined : this.#truth(samples, batch, position, given);
      const follow = (): Tfjs.Tensor => distillationLoss(tf, head, given, followed[position]!, this.settings);
      if (truth === undefined) return [follow()];
      const byTruth = truthLoss(tf, head, given, truth);
      return [this.settings.loss === 'labels' ? byTruth : tf.div(tf.add(follow(), byTruth), 2)];
    });
    return losses.reduce((sum, each) => tf.add(sum, each));
  }

  /** Undefined for a head of which nothing is known: it goes on to follow the float model. */
  #truth(samples: readonly TrainingSample[], batch: Batch, head: number, given: Tfjs.Tensor): Tfjs.Tensor | undefined {
    const known = batch.map((sample) => samples[sample]!.truths[head]);
    if (known.some((truth) => truth === undefined)) return undefined;
    const all = new Float32Array(given.size);
    known.forEach((truth, position) => all.set(truth!, position * truth!.length));
    return this.engine.tf.tensor(all, given.shape);
  }

  /** Of inputs that are not as they were, found anew. */
  async #followedBy(
    samples: readonly TrainingSample[],
    batch: Batch,
    inputs: readonly Tfjs.Tensor[],
  ): Promise<Tfjs.Tensor[]> {
    const { tf } = this.engine;
    const run = (): Tfjs.Tensor[] => tf.tidy(() => this.#teacher.run(inputs, { variables: new Map() }));
    if (!isPlain(this.settings.augmentation) && samples === this.task.samples) return run();
    if (batch.some((sample) => !this.#followed.has(samples[sample]!))) {
      const outputs = run();
      const values = await Promise.all(outputs.map((output) => output.data()));
      batch.forEach((sample, position) => {
        const own = values.map((all) => {
          const size = all.length / batch.length;
          return Float32Array.from(all.subarray(position * size, (position + 1) * size));
        });
        this.#followed.set(samples[sample]!, own);
      });
      return outputs;
    }
    return this.task.graph.outputs.map((id, head) => {
      const own = batch.map((sample) => this.#followed.get(samples[sample]!)![head]!);
      const { shape } = this.task.graph.tensors[id]!;
      const all = new Float32Array(own.length * own[0]!.length);
      own.forEach((values, position) => all.set(values, position * values.length));
      return tf.tensor(all, shape.length === 0 ? [own.length] : [shape[0]! * own.length, ...shape.slice(1)]);
    });
  }

  #settle(done: number): void {
    if (this.#settled.isEmpty) return;
    for (const [id, shares] of this.#settled.settle(done, this.#trainables.shares())) this.#trainables.put(id, shares);
  }

  /** Of what is held back; where nothing is, nothing is judged, and it is 0. */
  async #judgedLoss(): Promise<number> {
    const { tf } = this.engine;
    const { heldBack, graph } = this.task;
    if (heldBack.length === 0) return 0;
    let sum = 0;
    for (const batch of batchesOf(heldBack.length, this.settings, 'in order')) {
      const inputs = inputTensors(tf, graph, heldBack, batch);
      const followed = await this.#followedBy(heldBack, batch, inputs);
      const loss = tf.tidy(() => this.#loss(inputs, followed, heldBack, batch));
      sum += (await loss.data())[0]! * batch.length;
      tf.dispose([loss, ...inputs, ...followed]);
    }
    return sum / heldBack.length;
  }

  #prune(done: number): void {
    const share = sparsityAt(this.settings.sparsity, done, this.settings.epochs);
    const { constants } = this.#trainables.result();
    for (const id of this.#trainables.weights)
      this.#trainables.mask(id, maskOf(constants.get(id)!, share, this.#trainables.maskOf(id)));
  }
}
