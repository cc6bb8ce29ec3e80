// The broker's software with nothing behind it: what the local cloud's is measured against.
import net from 'node:net';
import { Aedes } from 'aedes';

const broker = await Aedes.createBroker();
const server = net.createServer(broker.handle).listen(0, '127.0.0.1', () => console.log(`ready on http://127.0.0.1:${server.address().port}`));
