// The way to the cloud: batches of messages, some on their way at a time, and questions.
const MOST_IN_BATCH = 2_000;
const MOST_ON_THE_WAY = 2;
const MOST_WAITING = 10_000;

export class Link {
  #output;
  #waiting = [];
  #batches = new Map();
  #questions = new Map();
  #events = [];
  #next = 1;
  #scheduled = false;

  constructor(output) {
    this.#output = output;
  }

  /** Whether the cloud is behind: then everybody waits, and the broker stops reading from its clients. */
  get busy() {
    return this.#waiting.length >= MOST_WAITING;
  }

  send(message) {
    this.#output.write(`${JSON.stringify(message)}\n`);
  }

  /** @param {(allowed: boolean) => void} [done] called once the cloud has taken the message, or refused it */
  message(message, done) {
    this.#waiting.push({ message, done });
    this.#schedule();
  }

  event(event) {
    this.#events.push(event);
    this.#schedule();
  }

  ask(question) {
    const id = this.#next++;
    const [kind] = Object.keys(question);
    question[kind].id = id;
    return new Promise(resolve => {
      this.#questions.set(id, resolve);
      this.send(question);
    });
  }

  answer({ ack, refused, reply, allow }) {
    if (reply !== undefined) {
      this.#questions.get(reply)({ allow });
      this.#questions.delete(reply);
      return;
    }
    const batch = this.#batches.get(ack);
    this.#batches.delete(ack);
    const denied = refused.length > 0 ? new Set(refused) : null;
    batch.forEach(({ done }, i) => done?.(!denied?.has(i)));
    this.#flush();
  }

  // What arrives within one turn of the loop goes together.
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush() {
    if (this.#events.length > 0) this.send({ events: this.#events.splice(0) });
    while (this.#waiting.length > 0 && this.#batches.size < MOST_ON_THE_WAY) {
      const batch = this.#waiting.splice(0, MOST_IN_BATCH);
      const id = this.#next++;
      this.#batches.set(id, batch);
      this.send({ batch: id, messages: batch.map(({ message }) => message) });
    }
  }
}
