// Who asks gets the answer to what was asked, or the reason why there is none; and it is told while one is awaited.
import { LaneClient } from './lane-client.js';
import type { LanePort, LaneReply, LaneRequest } from './lane-messages.js';

function opened(): {
  readonly client: LaneClient;
  readonly sent: LaneRequest[];
  readonly answer: (reply: LaneReply) => void;
  readonly busy: boolean[];
} {
  const sent: LaneRequest[] = [];
  const busy: boolean[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const port: LanePort = {
    postMessage: (message) => sent.push(message as LaneRequest),
    on: (_, each) => (listener = each),
  };
  const client = new LaneClient(port, (isBusy) => busy.push(isBusy));
  return { client, sent, answer: (reply) => listener(reply), busy };
}

it('gives each its own answer, whatever their order', async () => {
  const { client, sent, answer, busy } = opened();
  const asked = [client.ask('dispose', { executor: 3 }), client.ask('endCalibration', undefined)];
  expect([client.waiting, busy]).toEqual([2, [true]]);
  expect(sent.map(({ call, takes }) => [call, takes])).toEqual([
    ['dispose', { executor: 3 }],
    ['endCalibration', undefined],
  ]);
  answer({ id: sent[1]!.id, gives: 'part' });
  expect([client.waiting, busy]).toEqual([1, [true]]);
  answer({ id: sent[0]!.id, gives: undefined });
  expect([client.waiting, busy]).toEqual([0, [true, false]]);
  expect(await Promise.all(asked)).toEqual([undefined, 'part']);
  // An answer that nobody waits for changes nothing.
  answer({ id: sent[0]!.id, gives: 'late' });
  expect(busy).toEqual([true, false]);
});

it('is ended for whoever waits and whoever asks later, by the first reason', async () => {
  const { client, sent, busy } = opened();
  const waiting = client.ask('dispose', { executor: 0 });
  client.end(new Error('first'));
  client.end(new Error('second'));
  await expect(waiting).rejects.toThrow('first');
  await expect(client.ask('dispose', { executor: 1 })).rejects.toThrow('first');
  expect([client.waiting, sent.length, busy]).toEqual([0, 1, [true, false]]);
});
