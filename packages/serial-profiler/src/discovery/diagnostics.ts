// The refusals of looking for a device.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const discoveryDiagnostics = defineDiagnostics({
  DEVICE_NOT_FOUND: {
    exitCode: exitCodes.deviceNotFound,
    title: 'No port is that of the device',
    explanation:
      'A profile names the USB ids that its boards show. Ports with other ids are never opened, since that starts some boards anew. ' +
      'Where several have such an id, each is asked who it is, as one bridge is on boards of many kinds. All that was seen is listed, ' +
      'with the reason why it was not taken. A port that is named is opened whatever its ids are.',
  },
  DEVICE_AMBIGUOUS: {
    exitCode: exitCodes.deviceNotFound,
    title: 'Several ports are those of such a device',
    explanation: 'More than one device of the profile answers. Which one is meant only who runs the command knows.',
  },
});
