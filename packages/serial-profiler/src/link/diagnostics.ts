// The refusals of the link and of what a device says.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const deviceDiagnostics = defineDiagnostics({
  DEVICE_SILENT: {
    exitCode: exitCodes.linkFailed,
    title: 'The device does not answer',
    explanation:
      'A greeting is repeated until the device answers it, and every request for as long as a device may be busy. None of it was ' +
      'answered. The port may be that of another device, the firmware another one, the speed of the line wrong, or the device may ' +
      'wait in its boot loader. What it printed is shown, without control codes.',
  },
  DEVICE_BOOT_LOOP: {
    exitCode: exitCodes.linkFailed,
    title: 'The device starts again and again',
    explanation:
      'It prints the lines of its start over and over and never comes to answer. The usual causes are too little memory (an arena ' +
      'or a stack that does not fit), a supply that is too weak, a watchdog, or firmware for another chip. What it printed last is ' +
      'shown.',
  },
  DEVICE_RESTARTS: {
    exitCode: exitCodes.linkFailed,
    title: 'The device lost what it had been told too often',
    explanation:
      'It answers, but started anew in the middle of its work, more often than is borne. What was measured before a restart counts ' +
      'for nothing. The usual causes are a stack that overflows in a layer, a watchdog that a long run sets off, and a weak supply.',
  },
  LINK_NOISY: {
    exitCode: exitCodes.linkFailed,
    title: 'Nothing comes through the line undamaged',
    explanation:
      'Bytes arrive, but for too long no frame among them was whole. Every frame has a checksum, so nothing wrong is taken for an ' +
      'answer. The usual causes are a wrong speed, a long or broken cable, and two programs that read the same port.',
  },
  LINK_ECHO: {
    exitCode: exitCodes.linkFailed,
    title: 'What is sent comes back, and nothing else',
    explanation:
      'The frames that came are requests, which no device sends: they are those of this end. TX and RX may be joined, a terminal or a ' +
      'server on the way may echo what it is given, or the firmware may. An echo beside answers does no harm.',
  },
  LINK_CONVERTS: {
    exitCode: exitCodes.linkFailed,
    title: 'The line changes bytes as if they were text',
    explanation:
      'Frames may hold any byte. A terminal that is not raw, a server, a driver or the stdio of a firmware may convert newlines, keep the ' +
      'bytes of XON and XOFF for itself, double the 0xff of Telnet, or carry seven bits only. What was done was undone here with frames ' +
      'that arrived damaged, and their checksums held then. Nothing of them is used.',
  },
  LINK_LOST: {
    exitCode: exitCodes.linkFailed,
    title: 'The port is gone',
    explanation:
      'The device was unplugged, or the server that shares it closed the connection, in the middle of the work.',
  },
  EMULATOR_ENDED: {
    exitCode: exitCodes.linkFailed,
    title: 'The emulated board is gone',
    explanation:
      'The emulator ended in the middle of the work. It does so where the program on the board comes to a fault that it cannot handle, ' +
      'such as a jump to where there is no code, and where somebody ends it. What it said last is shown, without control codes.',
  },
  DEVICE_VERSION: {
    exitCode: exitCodes.deviceWrong,
    title: 'The device speaks another version of the protocol',
    explanation: 'Firmware and tool have to be of the same version: the firmware was built by an older or a newer one.',
  },
  DEVICE_WRONG_MODEL: {
    exitCode: exitCodes.deviceWrong,
    title: 'Another model runs on the device',
    explanation:
      'The firmware says the SHA-256 of the model that it was built with. It is not that of the file given, so nothing measured on ' +
      'the device would be about it.',
  },
  DEVICE_ARENA: {
    exitCode: exitCodes.doesNotFit,
    title: 'The firmware gives the model too little memory',
    explanation: 'The arena of the firmware is smaller than what the plan of the memory needs.',
  },
  DEVICE_PROFILE: {
    exitCode: exitCodes.deviceWrong,
    title: 'The firmware was made for another profile',
    explanation: 'What is measured would be reported for a device that it was not measured on.',
  },
  DEVICE_CONTRADICTS: {
    exitCode: exitCodes.deviceWrong,
    title: 'What the device says cannot be',
    explanation:
      'A size, a part or a digest is not what it has to be, in a frame that arrived undamaged. It is a fault of the firmware, or of ' +
      'memory that something writes over. Nothing of it is used.',
  },
  DEVICE_RUN_FAILED: {
    exitCode: exitCodes.deviceWrong,
    title: 'The runtime on the device does not run the model',
    explanation:
      'The runtime itself gave up, with the code shown. What it printed last, if anything, is shown as well.',
  },
  DEVICE_CLOCK: {
    exitCode: exitCodes.deviceWrong,
    title: 'The clock of the device does not run at the rate that it states',
    explanation:
      "Two readings of the device's clock were held against that of this machine. Times measured with it would be wrong by the same " +
      'factor.',
  },
});
