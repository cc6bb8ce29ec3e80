// The two calls that the function makes, signed here: a client for them would be a hundred times the function's size, and the one of the runtime
// changes under it.
import { createHash, createHmac } from 'node:crypto';

const hash = text => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** The secret's JSON. */
export async function secret(arn) {
  const answer = await call('secretsmanager', 'POST', '/', JSON.stringify({ SecretId: arn }), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`The secret ${arn} can't be read: ${text}`);
  return JSON.parse(JSON.parse(text).SecretString);
}

/** The text of an object in S3. */
export async function objectText(bucket, key) {
  const path = `/${bucket}/${key.split('/').map(encoded).join('/')}`;
  const answer = await call('s3', 'GET', path, '');
  // S3 says 403 of what is missing to those who may not list.
  if (answer.status === 404 || answer.status === 403)
    throw new Error(`s3://${bucket}/${key} isn't there, or not for the function to read. Upload the sample database first: pipelines database seed does both.`);
  if (!answer.ok)
    throw new Error(`s3://${bucket}/${key} can't be read: ${await answer.text()}`);
  return answer.text();
}

async function call(service, method, path, body, more = {}) {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const base = new URL(process.env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const payload = hash(body);
  const headers = { host: base.host, 'x-amz-content-sha256': payload, 'x-amz-date': time, ...more };
  if (process.env.AWS_SESSION_TOKEN)
    headers['x-amz-security-token'] = process.env.AWS_SESSION_TOKEN;
  const names = Object.keys(headers).sort();
  const request = [method, path, '', ...names.map(name => `${name}:${headers[name]}`), '', names.join(';'), payload].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), hash(request)].join('\n')).toString('hex');
  const { host, ...sent } = headers;
  return fetch(new URL(path, base), {
    method,
    headers: {
      ...sent,
      authorization: `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
    body: method === 'GET' ? undefined : body,
    signal: AbortSignal.timeout(60_000),
  });
}

const encoded = part => encodeURIComponent(part).replaceAll(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
