// One JSON line per message to the cloud. The write blocks while the cloud is behind, which is what holds the source back.
import fs from 'node:fs';

const wait = new Int32Array(new SharedArrayBuffer(4));

export function send(message) {
  let bytes = Buffer.from(JSON.stringify(message) + '\n');
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(fs.writeSync(1, bytes));
    } catch (error) {
      // A pipe that someone made non-blocking is full.
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(wait, 0, 0, 2);
    }
  }
}

export const log = (level, message) => send({ log: { level, message } });

/** What stops the task, in words for its LastFailureMessage. Recoverable failures are tried again. */
export class TaskError extends Error {
  constructor(message, recoverable = false) {
    super(message);
    this.recoverable = recoverable;
  }
}
