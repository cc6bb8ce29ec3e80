// Reads SQL files (the arguments) by the grammar of Spark and prints the errors that it finds, as one JSON array.
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The package is made for bundlers: its imports leave out the ends of the files' names, which Node insists on.
register(`data:text/javascript,${encodeURIComponent(`
  export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || specifier.endsWith('.js')) return next(specifier, context);
    try { return await next(specifier + '.js', context); } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      return next(specifier + '/index.js', context);
    }
  }
  export const load = (url, context, next) => next(url, url.includes('/dt-sql-parser/dist/') ? { ...context, format: 'module' } : context);
`)}`);

const folder = dirname(createRequire(import.meta.url).resolve('dt-sql-parser/package.json'));
const { SparkSQL } = await import(pathToFileURL(join(folder, 'dist', 'parser', 'spark', 'index.js')));
const spark = new SparkSQL();
process.stdout.write(JSON.stringify(process.argv.slice(2).flatMap(file =>
  spark.validate(readFileSync(file, 'utf8')).map(({ message, startLine }) => ({ file, line: startLine, message })))));
