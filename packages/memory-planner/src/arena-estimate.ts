// Plays TensorFlow Lite Micro's allocations through, from the first object to the last, and reads off what they come to.
import type { Graph, OperandSpec, Tensor } from '@wherry/graph';
import { statesOf, tensorAt } from '@wherry/graph';
import type { StructLayout } from './kernel-memory/kernel-memory.js';
import type { NodeMemory } from './kernel-memory/node-memory.js';
import { arenaBytes, tensorCount } from './live-ranges.js';
import { abiOf, alignUp, isPlannedTarget, runtimeAlignment, type Abi, type MemoryTarget } from './memory-target.js';
import { plannerBytesPerBuffer, runtimeStructs as structs, scratchRequestsPerNode } from './runtime-structs.js';

export interface ArenaEstimate {
  /** What `MicroInterpreter::arena_used_bytes()` returns once tensors are allocated. */
  readonly usedBytes: number;
  /** Of these: activations and scratch buffers. */
  readonly activationBytes: number;
  /** And what is kept for as long as the interpreter lives. */
  readonly persistentBytes: number;
  /**
   * The smallest arena, a multiple of 16 and aligned to 16, with which AllocateTensors succeeds. More than `usedBytes`
   * where setting up needs more room than running, as in small models.
   */
  readonly leastArenaBytes: number;
}

/**
 * The arena grows from both ends: what stays from the top down, plans and temporaries from the bottom up. Offsets are
 * counted from each end; both ends are aligned to 16 bytes.
 */
class ArenaLedger {
  #top = 0;
  #head = 0;
  #bottom = 0;
  #peak = 0;
  readonly #abi: Abi;

  constructor(abi: Abi) {
    this.#abi = abi;
  }

  get top(): number {
    return this.#top;
  }

  get peak(): number {
    return this.#peak;
  }

  keep(bytes: number, alignment: number): void {
    this.#top = alignUp(this.#top + bytes, alignment);
    this.#note();
  }

  keepStruct(layout: StructLayout, count = 1): void {
    this.keep(layout.bytes[this.#abi] * count, layout.alignment[this.#abi]);
  }

  borrow(bytes: number, alignment: number): void {
    this.#bottom = alignUp(this.#bottom, alignment) + bytes;
    this.#note();
  }

  borrowStruct(layout: StructLayout, count = 1): void {
    this.borrow(layout.bytes[this.#abi] * count, layout.alignment[this.#abi]);
  }

  /** Gives back what was borrowed and sets the lasting lower part. */
  resizeHead(bytes: number): void {
    this.#head = bytes;
    this.#bottom = this.#head;
    this.#note();
  }

  #note(): void {
    this.#peak = Math.max(this.#peak, this.#top + this.#bottom);
  }
}

/**
 * @param nodes what each node's kernel takes, in the graph's order
 * @param activationBytes size of the activation plan that the runtime will use
 * @param plannedBuffers number of buffers in it
 */
export function estimateArena(
  graph: Graph,
  nodes: readonly NodeMemory[],
  activationBytes: number,
  plannedBuffers: number,
  target: MemoryTarget,
): ArenaEstimate {
  if (!isPlannedTarget(target))
    return { usedBytes: activationBytes, activationBytes, persistentBytes: 0, leastArenaBytes: activationBytes };
  const abi = abiOf(target);
  const ledger = new ArenaLedger(abi);
  ledger.keepStruct(structs.singleArenaBufferAllocator);
  ledger.keepStruct(structs.greedyMemoryPlanner);
  ledger.keepStruct(structs.microAllocator);
  ledger.keepStruct(structs.builtinDataAllocator);
  const requestBytes = structs.scratchBufferRequest.bytes[abi];
  ledger.resizeHead(requestBytes * scratchRequestsPerNode);
  ledger.keepStruct(structs.subgraphAllocations);
  const tensors = tensorCount(graph);
  ledger.keepStruct(structs.evalTensor, tensors);
  ledger.keepStruct(structs.nodeAndRegistration, nodes.length);
  for (const node of nodes) if (node.options !== null) ledger.keepStruct(node.options);
  for (const node of nodes) if (node.state !== null) ledger.keep(node.state.bytes[abi], runtimeAlignment);
  let requests = 0;
  for (const { prepare } of nodes) {
    for (const operand of prepare.opened) if (operand !== undefined) openDescriptor(ledger, operand);
    for (const kept of prepare.persistent ?? [])
      ledger.keep(typeof kept === 'number' ? kept : kept.bytes[abi], runtimeAlignment);
    requests += prepare.scratch?.length ?? 0;
    ledger.resizeHead(requestBytes * (requests + scratchRequestsPerNode));
  }
  if (requests > 0) ledger.keepStruct(structs.scratchBufferHandle, requests);
  for (const id of statesOf(graph)) ledger.keep(arenaBytes(tensorAt(graph, id)), runtimeAlignment);
  planOnDevice(ledger, tensors + requests, plannedBuffers);
  ledger.resizeHead(activationBytes);
  for (const ids of [graph.inputs, graph.outputs]) {
    ledger.keep(structs.pointer.bytes[abi] * ids.length, runtimeAlignment);
    for (const id of ids) keepDescriptor(ledger, tensorAt(graph, id));
  }
  return {
    usedBytes: ledger.top + activationBytes,
    activationBytes,
    persistentBytes: ledger.top,
    leastArenaBytes: alignUp(ledger.peak, runtimeAlignment),
  };
}

/** The tables with which the runtime plans; given back before the plan is put in their place. */
function planOnDevice(ledger: ArenaLedger, allocationInfos: number, plannedBuffers: number): void {
  ledger.borrowStruct(structs.sizeT);
  ledger.borrowStruct(structs.allocationInfo, allocationInfos);
  ledger.borrow(alignUp(plannedBuffers * plannerBytesPerBuffer, runtimeAlignment), runtimeAlignment);
}

function openDescriptor(ledger: ArenaLedger, operand: OperandSpec): void {
  ledger.borrowStruct(structs.tensor);
  if (operand.quantization === undefined) return;
  ledger.borrowStruct(structs.affineQuantization);
  ledger.borrow(zeroPointBytes(operand.quantization.scale.length), 4);
}

function keepDescriptor(ledger: ArenaLedger, tensor: Tensor): void {
  ledger.keepStruct(structs.tensor);
  if (tensor.quantization === undefined) return;
  ledger.keepStruct(structs.affineQuantization);
  ledger.keep(zeroPointBytes(tensor.quantization.scale.length), 4);
}

/** A TfLiteIntArray: its length, then one int per scale. */
function zeroPointBytes(scales: number): number {
  return 4 + 4 * scales;
}
