// What a session does over any real line: the same cases, whatever carries the bytes.
import { afterEach, describe, expect, it } from '@jest/globals';
import { referenceModel } from '../simulation/reference-model.js';
import type { Port } from '../port.js';
import type { DeviceSettings, SimulatedDevice } from '../simulation/simulated-device.js';
import { deviceBehind, openSession, type Line } from './device-behind.js';
import { refusalOf } from './refusal-of.js';
import { smallInput, smallNetwork } from './small-network.js';

const model = referenceModel(smallNetwork());
const input = smallInput(1);
const right = model.run([input]);

/** Adds the cases; each has a line of its own. */
export function lineSuite(kind: string, openLine: () => Promise<Line>): void {
  describe(`a session over ${kind}`, () => {
    let line: Line | null = null;
    const devices: SimulatedDevice[] = [];
    const open = async (): Promise<Line> => (line = await openLine());
    const behind = (port: Port, settings: Partial<DeviceSettings> = {}): SimulatedDevice => {
      const device = deviceBehind(port, settings);
      devices.push(device);
      return device;
    };
    afterEach(async () => {
      for (const device of devices.splice(0)) device.stop();
      line?.host.close();
      line?.device.close();
      await line?.cut();
      line = null;
    });

    it('gives outputs, every layer, times and memory, and bears a restart', async () => {
      const { host, device } = await open();
      const simulated = behind(device);
      const session = await openSession(host);
      const seen: Uint8Array[] = [];
      expect(await session.layers([input], (_, bytes) => seen.push(bytes))).toEqual(right.outputs);
      expect(seen).toEqual(right.tensors);
      expect((await session.time([input], { count: 3, warmUp: 1 })).operators).toEqual(
        model.ticks.map((one) => 3 * one),
      );
      expect(await session.memory()).toMatchObject({ stackBytes: 4096 });
      await session.restart();
      expect(simulated.starts).toBe(2);
      simulated.start();
      expect(await session.infer([input])).toEqual(right.outputs);
      session.close();
    });

    it('carries every byte as it is, in both directions', async () => {
      const { host, device } = await open();
      const all = Uint8Array.from({ length: 1024 }, (_, at) => (at < 512 ? at : at * 7 + (at >> 8)) & 255);
      for (const [from, to] of [
        [host, device],
        [device, host],
      ] as const) {
        const heard: number[] = [];
        to.listen({ data: (bytes) => heard.push(...bytes), closed: () => undefined });
        from.write(all);
        // What is missing after that does not come any more.
        for (let pause = 0; heard.length < all.length && pause < 200; pause++)
          await new Promise((resolve) => setTimeout(resolve, 10));
        expect(Uint8Array.from(heard)).toEqual(all);
        expect(from.waiting()).toBe(0);
      }
    });

    it('checks the rate of the clock', async () => {
      const { host, device } = await open();
      behind(device, { faults: { clockRate: 1.5 } });
      const session = await openSession(host);
      expect(await refusalOf(session.testClock(300))).toMatch(
        /DEVICE_CLOCK: .* states 1000000 .* and makes 1[45]\d{5} /,
      );
      session.close();
    });

    it.each([
      ['another model', { faults: { identity: { model: '12'.repeat(32) } } }, 'DEVICE_WRONG_MODEL'],
      ['older firmware', { faults: { version: 0 } }, 'DEVICE_VERSION'],
      ['silence', { faults: { silentAfter: 0 } }, 'DEVICE_SILENT: the device did not answer for 0.7 s'],
      [
        'a device that starts again and again',
        { faults: { bootLoop: true }, bootMs: 100, bootLog: 'rst:0x10 (WDT)\r\n\u001b[31mfault\u001b[0m\r\n' },
        'DEVICE_BOOT_LOOP: the device starts again and again instead of answering; each time it prints "rst:0x10 (WDT)"; it printed last: "',
      ],
    ])('refuses %s', async (_, settings, words) => {
      const { host, device } = await open();
      behind(device, settings);
      const refusal = await refusalOf(openSession(host));
      expect(refusal).toContain(words);
      expect(refusal).toContain(`at    ${host.name}`);
      expect(refusal).not.toContain('\u001b');
    });

    it('says that the line is lost when it ends', async () => {
      const opened = await open();
      const { host, device } = opened;
      behind(device, { faults: { silentAfter: 1 } });
      const lost = refusalOf(openSession(host));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await opened.cut();
      expect(await lost).toMatch(
        /^LINK_LOST: the port was lost in the middle of the work: (the device was unplugged \(|the server closed the connection\n)/,
      );
    });
  });
}
