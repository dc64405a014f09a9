// The refusals of measuring a model on a device.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const measureDiagnostics = defineDiagnostics({
  MEASURE_WHERE: {
    exitCode: exitCodes.usage,
    title: 'Nothing says what to measure on',
    explanation:
      'A model is measured on a device at a port, on an emulated board that stands in for it, or by what a trace recorded of one. One ' +
      'of these has to be asked for, and no more. The device profile is that of the output folder, or given.',
  },
  MEASURE_NO_STAND_IN: {
    exitCode: exitCodes.usage,
    title: 'No emulated board stands in for the device',
    explanation:
      'A profile names the emulated board that runs the instructions of its core, where there is one that a usual emulator has. For ' +
      'the others there is neither a free compiler nor a machine, and nothing that was measured elsewhere would be about them.',
  },
  MEASURE_KERNELS: {
    exitCode: exitCodes.usage,
    title: 'The kernels cannot be chosen there',
    explanation:
      'Each operator has a kernel in plain C, and on some cores another one for what they have. Which of them stands in a firmware is ' +
      'decided as it is built: `deploy measure` builds it for emulated boards, `deploy agent` for a device.',
  },
  MEASURE_STAND_IN_ROOM: {
    exitCode: exitCodes.doesNotFit,
    title: 'The emulated board has too little memory',
    explanation:
      'An emulated board has the core of the device and memory of its own, which may be less. Whether the model fits the device is what ' +
      'the report of its deployment says.',
  },
  MEASURED_OTHER_RUNTIME: {
    exitCode: exitCodes.usage,
    title: 'Measured was another runtime than the one that the model was deployed for',
    explanation:
      'Firmware for an emulated board has the model compiled to C, and so has that of `deploy agent` unless an interpreter is asked for. ' +
      'Another runtime has kernels of its own: what was measured says nothing of what its layers cost, of its arena and flash, nor ' +
      'that it computes the same.',
  },
  MEASURED_DIFFERENT: {
    exitCode: exitCodes.regression,
    title: 'The device does not compute the model as the reference does',
    explanation:
      'Every tensor that a layer writes is held against the integer reference. What differs is named with the layer that computes ' +
      'something else by itself. What the model costs is measured all the same, and is the cost of a wrong result.',
  },
  MEASURED_RESTARTS: {
    exitCode: exitCodes.usage,
    title: 'The device started anew while it was measured',
    explanation:
      'What a device that has started anew was asked is asked again, so that what is shown is right. A device that does it by itself has a ' +
      'fault of its own: a watchdog that an inference keeps waiting, a stack that is too small, or its supply.',
  },
  MEASURED_BY_TEXT: {
    exitCode: exitCodes.usage,
    title: 'Not all of the model is seen over the text of MLPerf Tiny',
    explanation:
      'The text has the first output alone, to a thousandth. What firmware makes of the bytes that are loaded it does not say: it is taken as ' +
      'one of the references of the benchmark has it where every output is right by that.',
  },
  MEASURED_CLOCK: {
    exitCode: exitCodes.usage,
    title: 'The clock of the device could not be tested well',
    explanation:
      'Two readings of the clock are held against that of this machine. What a reading takes on the line is uncertain, and on a slow line ' +
      'that is much of the time between them, though it is made longer there. A clock is refused for no less than what is certain.',
  },
  MEASURED_MADE_UP: {
    exitCode: exitCodes.usage,
    title: 'Outputs were compared on inputs that were made up',
    explanation:
      'Layers may be compared on any inputs. How near a quantized model comes to a float one is decided by the data that it is for: extremes ' +
      'and values by chance lie beyond the ranges that it was calibrated for.',
  },
  TRACE_UNREADABLE: {
    exitCode: exitCodes.usage,
    title: 'The trace cannot be read',
    explanation: 'The path does not lead to a readable file that --trace has written.',
  },
  AGENT_KIT: {
    exitCode: exitCodes.usage,
    title: 'The kit does not build for the device',
    explanation:
      'Some kits build for the chips of one maker alone, and a device that runs files has no firmware that the agent could be part of.',
  },
  AGENT_RUNTIME: {
    exitCode: exitCodes.usage,
    title: 'The device does not have that runtime',
    explanation:
      'Firmware with TensorFlow Lite Micro is written for devices whose profile has it as the runtime; compiled C is written for all ' +
      'that run firmware.',
  },
  MEASURE_MODEL: {
    exitCode: exitCodes.modelRejected,
    title: 'The model cannot be measured as it is',
    explanation:
      'What is measured is exactly the file that is given: nothing of it is rewritten before. A model that was not made for the ' +
      'runtime of the firmware has to be deployed first.',
  },
});
