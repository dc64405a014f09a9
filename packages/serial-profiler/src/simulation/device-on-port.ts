// A simulated device at the other end of any port: of a pty, of a socket.
import type { Port } from '../port.js';
import { SimulatedDevice, type DeviceSettings } from './simulated-device.js';

/** It has power until the port ends. */
export function deviceOnPort(port: Port, settings: DeviceSettings): SimulatedDevice {
  const device = new SimulatedDevice(settings, {
    send: (bytes) => port.write(bytes),
    // Bytes that a port has taken are out of the device's hands.
    busyFor: () => 0,
    cut: () => undefined,
  });
  port.listen({ data: (bytes) => device.receive(bytes), closed: () => device.stop() });
  return device;
}
