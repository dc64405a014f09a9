// What the module exports.
export { survey } from './survey';
export { channelEnds } from './channel-ends';
export { tally, tallyChannels } from './tally';
