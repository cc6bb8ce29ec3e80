// What AWS's Node.js runtimes do around a handler: load it, fetch invocations from the runtime API, answer, and prefix what
// console writes. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { env } = process;
const api = `http://${env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId;

function request(method, resource, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request(api + resource, { method, agent, headers }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

// A line ends an event of the log, so newlines within one travel as carriage returns, as they do on AWS.
const writeLine = text => process.stdout.write(text.replaceAll('\n', '\r') + '\n');
const log = (level, text) => writeLine(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}`);

for (const [name, level] of Object.entries({ log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' }))
  console[name] = (...args) => log(level, util.format(...args));

class RuntimeError extends Error {
  constructor(name, message, cause) {
    super(message);
    this.name = name;
    if (cause?.stack)
      this.stack = `${name}: ${message}\n${cause.stack.split('\n').slice(1).join('\n')}`;
  }
}

function describe(error) {
  if (!util.types.isNativeError(error) && !(error instanceof Error))
    return { errorType: typeof error, errorMessage: util.format(error), trace: [] };
  return { errorType: error.name || 'Error', errorMessage: error.message ?? '', trace: (error.stack ?? '').split('\n') };
}

async function fail(resource, error) {
  const described = describe(error);
  await request('POST', resource, JSON.stringify(described), {
    'content-type': 'application/json', 'lambda-runtime-function-error-type': described.errorType,
  });
}

async function load() {
  const [folder, last] = [path.dirname(env._HANDLER), path.basename(env._HANDLER)];
  const dot = last.indexOf('.');
  if (dot <= 0 || env._HANDLER.includes('..'))
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler: '${env._HANDLER}'`);
  const [file, names] = [path.resolve(env.LAMBDA_TASK_ROOT, folder, last.slice(0, dot)), last.slice(dot + 1).split('.')];
  const module = await loadModule(file, path.join(folder, last.slice(0, dot)));
  const find = from => names.reduce((value, name) => value?.[name], from);
  const handler = find(module) ?? find(module.default);
  if (handler === undefined)
    throw new RuntimeError('Runtime.HandlerNotFound', `${env._HANDLER} is undefined or not exported`);
  if (typeof handler !== 'function')
    throw new RuntimeError('Runtime.HandlerNotFound', `${env._HANDLER} is not a function`);
  if (handler.length > 2 && env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x')
    throw new RuntimeError('Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Use an async handler.');
  return handler;
}

async function loadModule(file, name) {
  const found = ['', '.js', '.mjs', '.cjs'].map(extension => file + extension).find(one => fs.statSync(one, { throwIfNoEntry: false })?.isFile());
  if (!found)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'\nRequire stack:\n- ${import.meta.filename ?? 'bootstrap.mjs'}`);
  try {
    return await open(found);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`, error);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND')
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`, error);
    throw error;
  }
}

async function open(file) {
  if (!file.endsWith('.mjs')) {
    try {
      return createRequire(file)(file);
    } catch (error) {
      if (error?.code !== 'ERR_REQUIRE_ESM' && error?.code !== 'ERR_REQUIRE_ASYNC_MODULE')
        throw error;
    }
  }
  return import(pathToFileURL(file).href);
}

// A handler answers by its promise or by its callback. AWS waits for the event loop to empty before it takes a callback's
// answer, unless told otherwise, and takes null of a handler that never answers.
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    let settle = () => resolve(null);
    const emptied = () => settle();
    const finish = (how, value) => {
      process.off('beforeExit', emptied);
      how(value);
    };
    process.once('beforeExit', emptied);
    const callback = (error, result) => {
      const [how, value] = error ? [reject, error] : [resolve, result];
      settle = () => finish(how, value);
      if (!context.callbackWaitsForEmptyEventLoop)
        settle();
    };
    Object.assign(context, { done: callback, fail: callback, succeed: result => callback(null, result) });
    try {
      const result = handler(event, context, callback);
      if (typeof result?.then === 'function')
        result.then(value => finish(resolve, value), error => finish(reject, error));
    } catch (error) {
      finish(reject, error);
    }
  });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: requestId,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    clientContext: headers['lambda-runtime-client-context'] ? JSON.parse(headers['lambda-runtime-client-context']) : undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function serialise(result) {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body', error);
  }
}

// The mark tells the cloud that all lines of the invocation are out.
const mark = () => process.stdout.write(`\u0001${requestId}\n`);

for (const [event, name, code] of [['uncaughtException', undefined, 129], ['unhandledRejection', 'Runtime.UnhandledPromiseRejection', 128]])
  process.on(event, async cause => {
    const error = name ? new RuntimeError(name, cause instanceof Error ? `${cause.name}: ${cause.message}` : util.format(cause), cause) : cause;
    log('ERROR', `${name ? 'Unhandled Promise Rejection' : 'Uncaught Exception'} \t${JSON.stringify(describe(error))}`);
    mark();
    try {
      await fail(requestId ? `/invocation/${requestId}/error` : '/init/error', error);
    } finally {
      process.exit(code);
    }
  });

let handler;
try {
  handler = await load();
} catch (error) {
  log('ERROR', `Uncaught Exception \t${JSON.stringify(describe(error))}`);
  await fail('/init/error', error);
  process.exit(1);
}

for (;;) {
  const next = await request('GET', '/invocation/next');
  requestId = next.headers['lambda-runtime-aws-request-id'];
  env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
  try {
    const answer = serialise(await call(handler, JSON.parse(next.body), contextOf(next.headers)));
    mark();
    await request('POST', `/invocation/${requestId}/response`, answer, { 'content-type': 'application/json' });
  } catch (error) {
    log('ERROR', `Invoke Error \t${JSON.stringify(describe(error))}`);
    mark();
    await fail(`/invocation/${requestId}/error`, error);
  }
}
