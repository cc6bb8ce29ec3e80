// Streams a query's rows as the packets in which they arrive. mysql2 would make an object of each, which costs most of the speed.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

// Its command classes are not among what the package exports by name.
const require = createRequire(import.meta.url);
const library = path.dirname(require.resolve('mysql2/package.json'));
export const Command = require(path.join(library, 'lib/commands/command.js'));
export const Packets = require(path.join(library, 'lib/packets/index.js'));

class RowStream extends Command {
  constructor(sql, onRow, done) {
    super();
    Object.assign(this, { sql, onRow, onResult: done });
  }

  start(_, connection) {
    const charset = connection.config.charsetNumber;
    connection.writePacket(new Packets.Query(this.sql, charset).toPacket(1));
    return this.header;
  }

  header(packet) {
    this.columns = packet.readLengthCodedNumber();
    return this.definition;
  }

  definition() {
    return --this.columns === 0 ? this.definitionsEnd : this.definition;
  }

  // A row needs nothing of what the library does with each packet; the last one goes that way again.
  definitionsEnd(_, connection) {
    const parser = connection.packetParser;
    const through = parser.onPacket;
    const end = error => {
      parser.onPacket = through;
      if (error) this.onResult(error);
    };
    parser.onPacket = packet => {
      const { buffer, offset } = packet;
      if (buffer[offset] === 0xff || (buffer[offset] === 0xfe && packet.end - offset < 9)) {
        end();
        connection.sequenceId = packet.sequenceId;
        through(packet);
        return;
      }
      try {
        this.onRow(buffer, offset);
      } catch (error) {
        end(error);
      }
    };
    return this.row;
  }

  row(packet) {
    const start = packet.offset;
    if (packet.buffer[start] === 0xfe && packet.end - start < 9) {
      this.onResult(null);
      return null;
    }
    this.onRow(packet.buffer, start);
    return this.row;
  }
}

export function streamRows(connection, sql, onRow) {
  return new Promise((resolve, reject) => {
    const lost = error => reject(error);
    connection.once('error', lost);
    connection.addCommand(new RowStream(sql, onRow, error => {
      connection.off('error', lost);
      error ? reject(error) : resolve();
    }));
  });
}
