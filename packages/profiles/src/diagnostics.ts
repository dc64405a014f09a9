// The refusals of profiles: of the files themselves, and of what a profile's runtime cannot run.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const profileDiagnostics = defineDiagnostics({
  PROFILE_JSON: {
    exitCode: exitCodes.usage,
    title: 'A profile is not acceptable JSON',
    explanation:
      'Profiles and kernel tables are plain JSON: no comments, no repeated keys, no key like __proto__, at most 32 levels. ' +
      'A repeated key is refused because the second one would silently win.',
  },
  PROFILE_INVALID: {
    exitCode: exitCodes.usage,
    title: 'A profile breaks its schema',
    explanation:
      'The message names the place in the file. Unknown keys are refused, so that a misspelt one cannot be taken for a ' +
      'missing one. Give the file a "$schema" line and an editor checks it while you type; the schemas are in ' +
      'device-profiles/schema.',
  },
  PROFILE_EXTENDS: {
    exitCode: exitCodes.usage,
    title: 'A profile extends something it cannot',
    explanation:
      '"extends" names another file of the same folder by its id. Objects are merged key by key, everything else is ' +
      'replaced. The chain must end, and every name in it must exist. Facts of one device or table are not taken over: its id, ' +
      'name and chip must be stated, its aliases, notes, serial link, stand-in and refusal are only its own, and a figure of ' +
      'memory needs a source of its own.',
  },
  PROFILE_REFUSES: {
    exitCode: exitCodes.unsupported,
    title: 'No model can be made for this device',
    explanation:
      'The profile is there to say so: the device has no runtime that could load a model, or too little memory for one. The ' +
      'message says why, and which device to take instead ("refuses" in the profile).',
  },
  PROFILE_RUNTIME: {
    exitCode: exitCodes.usage,
    title: 'The device cannot have that runtime',
    explanation:
      'With --runtime a microcontroller gets another runtime than its profile names. The compiled runtime is C that is built ' +
      'into a firmware; phones, browsers and accelerators open the .tflite file with a runtime of their own.',
  },
  PROFILE_UNKNOWN: {
    exitCode: exitCodes.usage,
    title: 'There is no such device profile',
    explanation:
      'A device is named by its id or one of its aliases; `deploy profiles` lists them. A new device is one new JSON file: ' +
      'copy the nearest one and change it.',
  },
  PROFILE_KERNEL_FAULT: {
    exitCode: exitCodes.unsupported,
    title: "The runtime's kernel has a known fault for this layer",
    explanation:
      'Kernel tables list the known faults of a runtime with the source where each was read. Where the graph can be written ' +
      'so that a fault cannot show, that is done and the report names it under "rewrites"; where it cannot, the model is ' +
      'refused, because the device would compute something else than was measured here.',
  },
  PROFILE_OPERATOR_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: "The profile's runtime does not have this operator",
    explanation:
      'Each runtime has a kernel table in device-profiles/runtimes. An operator that is not in it would fail on the device ' +
      'when the model is loaded. Replace the layer, or choose a profile whose runtime has the operator.',
  },
  PROFILE_TYPES_UNSUPPORTED: {
    exitCode: exitCodes.unsupported,
    title: 'The runtime has the operator, but not for these types',
    explanation:
      'A kernel accepts certain combinations of activation, weight and bias types and of per-tensor or per-axis scales. ' +
      'The message names the tensor that fits none of them. Most kernels read one scale of an activation, and of several the ' +
      'first. Hybrid models (float activations with integer weights) are ' +
      'never accepted by TFLite Micro: quantize the activations as well, or leave all of the layer in float.',
  },
  PROFILE_RUNTIME_TOO_OLD: {
    exitCode: exitCodes.unsupported,
    title: 'Only a newer version of the runtime can run this',
    explanation:
      'The profile names the oldest version of the runtime that a project may have, and the kernel arrived after it. ' +
      'Either raise "runtime.from" in your own profile (and update the firmware), or use another scheme for the layer.',
  },
  PROFILE_LIMIT: {
    exitCode: exitCodes.unsupported,
    title: "The model exceeds a limit of the runtime's kernel",
    explanation:
      'Kernels limit the number of dimensions and want some operands to be constants. A limit that is exceeded is an error ' +
      'or, without assertions, wrong memory accesses on the device.',
  },
});
