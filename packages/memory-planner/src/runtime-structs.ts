// The structs that TensorFlow Lite Micro's interpreter and allocator keep in the arena, whatever the operators are.
// Sizes for 4-byte pointers were read from the compiler (g++ -m32 and arm-none-eabi-g++ 12, TF_LITE_STATIC_MEMORY,
// snapshot of 2026-08-20). With 8-byte pointers the runtime is the Python package `tflite_micro`: its allocator records
// what it does and its structs have room for compressed tensors, which a build for a device leaves out.
import { struct } from './kernel-memory/kernel-memory.js';

export const runtimeStructs = {
  singleArenaBufferAllocator: struct([104, 8], [36, 4]),
  greedyMemoryPlanner: struct([72, 8], [44, 4]),
  microAllocator: struct([272, 8], [36, 4]),
  builtinDataAllocator: struct([16, 8], [8, 4]),
  subgraphAllocations: struct([24, 8], [8, 4]),
  /** One per tensor of the model, constants included. */
  evalTensor: struct([24, 8], [12, 4]),
  /** One per operator of the model. */
  nodeAndRegistration: struct([64, 8], [32, 4]),
  /** The full descriptor: kept for inputs and outputs of the model, temporary while kernels prepare. */
  tensor: struct([64, 8], [40, 4], [32, 4]),
  affineQuantization: struct([24, 8], [12, 4]),
  scratchBufferRequest: struct([16, 8], [12, 4]),
  scratchBufferHandle: struct([8, 8], [4, 4]),
  allocationInfo: struct([32, 8], [24, 4]),
  pointer: struct([8, 8], [4, 4]),
  sizeT: struct([8, 8], [4, 4]),
} as const;

/** Requests for scratch that room is kept for, beyond those already made, while a node prepares. */
export const scratchRequestsPerNode = 12;

/** Bytes of the on-device planner's tables per buffer (GreedyMemoryPlanner::per_buffer_size, all of them ints). */
export const plannerBytesPerBuffer = 40;
