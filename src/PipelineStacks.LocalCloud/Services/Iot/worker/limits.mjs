// IoT Core's limits of connections, topics and messages: https://docs.aws.amazon.com/general/latest/gr/iot-core.html
const CLIENT_ID_BYTES = 128;
const TOPIC_BYTES = 256;
const TOPIC_SLASHES = 7;
const PAYLOAD_BYTES = 128 * 1024;
const BASIC_INGEST = '$aws/rules/';

const slashes = topic => {
  let count = topic.startsWith(BASIC_INGEST) ? -3 : 0;
  for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) count++;
  return count;
};

const topicProblem = topic => {
  if (topic.length > TOPIC_BYTES / 4 && Buffer.byteLength(topic) > TOPIC_BYTES) return `The topic is longer than ${TOPIC_BYTES} bytes.`;
  return slashes(topic) > TOPIC_SLASHES ? `The topic ${topic} has more than ${TOPIC_SLASHES} slashes.` : null;
};

export const clientProblem = packet =>
  Buffer.byteLength(packet.clientId ?? '') > CLIENT_ID_BYTES ? `The client id is longer than ${CLIENT_ID_BYTES} bytes.`
    : packet.will?.qos === 2 ? 'The will has the quality of service 2, which AWS IoT does not have.' : null;

export function publishProblem({ topic, payload, qos }) {
  if (qos > 1) return 'AWS IoT has no quality of service 2.';
  if (topic[0] === '$' && !topic.startsWith(BASIC_INGEST)) return `The topic ${topic} is reserved.`;
  if (payload.length > PAYLOAD_BYTES) return `The payload is larger than ${PAYLOAD_BYTES / 1024} KB.`;
  return topicProblem(topic);
}

export function filterProblem({ topic, qos }) {
  if (qos > 1) return 'AWS IoT has no quality of service 2.';
  if (topic.startsWith('$')) return `The topic filter ${topic} is reserved.`;
  return topicProblem(topic);
}
