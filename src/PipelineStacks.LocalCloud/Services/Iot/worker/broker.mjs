// The MQTT broker behind IoT Core: aedes, with IoT Core's limits. Messages go to the cloud in batches, and are acknowledged
// when the cloud has taken them. Ends when its input does.
import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import readline from 'node:readline';
import tls from 'node:tls';
import { Aedes } from 'aedes';
import { Link } from './link.mjs';
import { clientProblem, filterProblem, publishProblem } from './limits.mjs';

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const configuration = JSON.parse((await lines.next()).value);

const link = new Link(process.stdout);
const broker = await Aedes.createBroker({
  preConnect, authenticate, authorizePublish, authorizeSubscribe,
  maxClientsIdLength: 128, queueLimit: 1_000, maximumPacketSize: 256 * 1024,
});

const certificateOf = client => (client.certificate === undefined ? (client.certificate = peer(client.conn)) : client.certificate);

/** The SHA-256 of the certificate that the device showed, which is its id in IoT Core; null without one. */
function peer(connection) {
  const shown = connection.getPeerCertificate?.();
  return shown?.raw ? new X509Certificate(shown.raw).fingerprint256.replaceAll(':', '').toLowerCase() : null;
}

const about = client => ({ c: client.id, f: certificateOf(client) ?? undefined });

function refuse(client, name, why, topic) {
  link.event({ name, why, t: topic, ...about(client) });
  // IoT Core closes the connection of whoever breaks its rules.
  setImmediate(() => client.close());
}

function preConnect(client, packet, done) {
  const problem = clientProblem(packet);
  if (problem) link.event({ name: 'Connect.ClientError', why: problem, c: String(packet.clientId).slice(0, 128) });
  done(problem ? new Error(problem) : null, !problem);
}

async function authenticate(client, username, password, done) {
  // Over TLS a device shows a certificate; the plain port is for the laptop alone.
  if (client.conn.encrypted && !certificateOf(client)) {
    link.event({ name: 'Connect.AuthError', why: 'No client certificate was shown.', c: client.id });
    done(Object.assign(new Error('no certificate'), { returnCode: 5 }), false);
    return;
  }
  const { allow } = await link.ask({ connect: about(client) });
  done(allow ? null : Object.assign(new Error('not authorized'), { returnCode: 5 }), allow);
}

function authorizePublish(client, packet, done) {
  // A last will comes without its client once that is gone.
  const from = client ?? { id: undefined, certificate: null };
  const problem = publishProblem(packet);
  if (problem) {
    if (client) refuse(client, 'PublishIn.ClientError', problem, packet.topic);
    done(new Error(problem));
    return;
  }
  // A message of basic ingest goes to its rule and to nobody else: subscribing to such topics is refused.
  const certificate = client ? certificateOf(client) : null;
  const message = {
    c: from.id, t: packet.topic, p: packet.payload.toString('base64'), q: packet.qos,
    r: packet.retain ? true : undefined, f: certificate ?? undefined, i: client?.conn?.remoteAddress, ...properties(packet.properties),
  };
  // Without a policy to ask and an acknowledgement to give there is nothing to wait for, as long as the cloud keeps up.
  const waits = packet.qos > 0 || certificate || link.busy;
  link.message(message, waits ? allowed => {
    if (!allowed && client) setImmediate(() => client.close());
    done(allowed ? null : new Error('not authorized'));
  } : undefined);
  if (!waits) done(null);
}

function properties(given) {
  if (!given) return {};
  const named = {
    content_type: given.contentType, response_topic: given.responseTopic, correlation_data: given.correlationData?.toString('base64'),
    format_indicator: given.payloadFormatIndicator === undefined ? undefined : given.payloadFormatIndicator ? 'UTF8_DATA' : 'UNSPECIFIED_BYTES',
  };
  const user = Object.entries(given.userProperties ?? {}).flatMap(([name, values]) => [values].flat().map(value => [name, value]));
  return { m: Object.values(named).some(value => value !== undefined) ? named : undefined, u: user.length > 0 ? user : undefined };
}

async function authorizeSubscribe(client, subscription, done) {
  const problem = filterProblem(subscription);
  if (problem) {
    refuse(client, 'Subscribe.ClientError', problem, subscription.topic);
    done(new Error(problem));
    return;
  }
  if (certificateOf(client)) {
    const { allow } = await link.ask({ subscribe: { ...about(client), t: subscription.topic } });
    if (!allow) setImmediate(() => client.close());
    done(allow ? null : new Error('not authorized'), allow ? subscription : null);
    return;
  }
  link.event({ name: 'Subscribe.Success', ...about(client) });
  done(null, subscription);
}

const publish = messages => {
  for (const { t, p, q, r } of messages) broker.publish({ cmd: 'publish', topic: t, payload: Buffer.from(p, 'base64'), qos: q, retain: r }, () => {});
};
publish(configuration.retained);

const listen = (server, port) => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
await Promise.all([
  listen(net.createServer(broker.handle), configuration.port),
  listen(tls.createServer({
    cert: configuration.certificate, key: configuration.key, ca: configuration.authority, requestCert: true, rejectUnauthorized: false,
  }, broker.handle), configuration.tlsPort),
]);
link.send({ ready: true });

for await (const line of lines) {
  const said = JSON.parse(line);
  if (said.publish) publish(said.publish);
  else link.answer(said);
}
process.exit(0);
