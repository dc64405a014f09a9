// Bytes from the line that mean nothing in the protocol.

/** Says what is wrong; who reads the line decides what becomes of it. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
}
